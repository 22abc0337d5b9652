import { parseChoiceId } from '../api/chat/choice-id.ts'
import type { Content } from '../api/chat/inbound.ts'
import { wordKey } from '../api/chat/match.ts'
import { fold } from '../api/core/text.ts'
import { isStopWord } from '../api/rooms/delivery/index.ts'
import { parseLinkCode } from '../api/rooms/identity/index.ts'
import type { Registry } from './registry.ts'

/** These name the messages, so that they never mean "leave this question". */
const NAMED =
  /^\s*(\/stop\b|h(ủ|u)y (đ|d)(ă|a)ng k(ý|y)|hu(ỷ|y) đăng ký|d(ừ|u)ng nh(ậ|a)n tin|unsubscribe)/iu

/**
 * A stop of messages: `named` says so outright and is followed at any time; `word` ("stop", "dừng") is followed
 * between flows, and in the middle of one it leaves the flow. Unmarked "dung" in a flow is more often "đúng", right.
 */
export function stopIn(content: Content): 'named' | 'word' | undefined {
  if (content.kind !== 'text') return undefined
  const text = content.text.replace(/^\s*\//, '')
  if (!isStopWord(text)) return undefined
  return NAMED.test(content.text) ? 'named' : 'word'
}

/**
 * A link code as somebody types it or a deep link brings it: `XXXX-XXXX`, or eight signs that no word is made of (a
 * digit among them, or all capitals).
 */
export function typedCode(text: string): string | undefined {
  const typed = text.trim().replace(/^\/?(noi|nối|link|ma|mã|code)[\s:]+/iu, '')
  if (!/^[A-Z2-9]{4}\s?[-–—.]?\s?[A-Z2-9]{4}$/i.test(typed)) return undefined
  const isMarked = /[-–—.]/.test(typed) || /[2-9]/.test(typed) || /^[A-Z]{8}$/.test(typed)
  return isMarked ? parseLinkCode(typed) : undefined
}

const SUBSCRIBES =
  /\b((bao|nhan|nhan tin|thong bao) (cho )?(toi|tui|minh|em|con|chau) (biet )?(khi|neu|luc|luc nao|moi khi)|(tell|let|notify|warn|message) me (know )?(when|if))\b|\b(nhan|bao) (cho )?(toi|tui|minh|em|con|chau) (khi|neu|luc|hay)\b|\bthi (nho )?(bao|nhan|nhac)( tin)?( (cho )?(toi|tui|minh|em|con|chau)|$| (voi|nghe|nha|nhe)\b)/
const UNSUBSCRIBES =
  /\b((dung|ngung|thoi|bo|huy|khoi) (bao|nhan|nhan tin|nhac|dang ky|theo doi)( cho)?( (toi|tui|minh))?( (tin|ve))* (khong khi|lut|lu|song|muc nuoc|bao|mua|dien|y te|dich|lua dao|thong bao)|khong (muon )?nhan tin|(thoi|huy) (khong )?nhan tin|stop (sending|messag)\w*)\b/

/** A whole message that asks for a person; "gặp người bị tai nạn" tells of one. */
const PERSON =
  /^(xin |cho |lam on )*((toi|tui|minh|em|con|chau) )?((muon|can|xin) )?(duoc )?(gap|noi chuyen( voi)?|tro chuyen( voi)?|nhan tin( voi)?) (mot |1 )?(nguoi( that)?|can bo|nhan vien|tong dai vien)( (truc|xa|phuong|nao do|o xa))?( (voi|di|a|nha|nhe|voi a))*$/
const PERSON_EN =
  /^(can |please |may )?(i |let me )?((want|would like|need) to )?(talk|speak|chat) (to|with) (a |an )?(real )?(person|human|somebody|someone|official)( please)?$/

export const asksForPerson = (text: string): boolean => {
  const word = wordKey(text)
  return PERSON.test(word) || PERSON_EN.test(word)
}

/** One word while a person is waited for: the bot is wanted back. */
export const wantsLoaBack = (content: Content): boolean =>
  content.kind === 'text' && /^(loa|menu|gap loa|quay lai loa)$/.test(wordKey(content.text))

/** "Tôi đang đăng ký gì", "đang nhận những tin nào". */
const LISTS =
  /\b(dang|da) ((dang ky|theo doi)( nhan)?( tin)?|nhan ((nhung|cac) )?tin) ((nhung|cac) )?(gi|chi|nao)\b|what (am i|did i) (subscribed?|following)/

/** A wish about later messages, which otherwise reads like a report of what they would be about. */
export function wishOf(text: string): 'subscribe' | 'unsubscribe' | 'subscriptions' | undefined {
  const folded = fold(text.slice(0, 400))
  if (LISTS.test(folded)) return 'subscriptions'
  if (UNSUBSCRIBES.test(folded)) return 'unsubscribe'
  return SUBSCRIBES.test(folded) ? 'subscribe' : undefined
}

export type Pressed = { intent: string; payload?: string }

/** Buttons under messages that came by themselves, and words about those: they work inside a flow too. */
const ANYTIME: ReadonlySet<string> = new Set([
  'why',
  'unsubscribe',
  'subscriptions',
  'stop',
  'sos_claim',
  'sos_release',
  'sos_reach',
  'sos_safe',
])

export function pressedNews(content: Content, registry: Registry): Pressed | undefined {
  if (stopIn(content) === 'named')
    return registry.commands.has('stop') ? { intent: 'stop' } : undefined
  if (content.kind === 'start') {
    const code = typedCode(content.payload ?? '')
    return code === undefined ? undefined : { intent: 'join', payload: code }
  }
  const parsed = content.kind === 'choice' ? parseChoiceId(content.id) : undefined
  if (parsed?.flow !== 'menu') return undefined
  const [intent = '', ...rest] = parsed.choice.split('.')
  if (!ANYTIME.has(intent) || !registry.commands.has(intent)) return undefined
  return rest.length === 0 ? { intent } : { intent, payload: rest.join('.') }
}
