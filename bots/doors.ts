import { parseChoiceId } from '../api/chat/choice-id.ts'
import type { Content } from '../api/chat/inbound.ts'
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
  /\b((bao|nhan|nhan tin|thong bao) (cho )?(toi|tui|minh|em|con|chau) (biet )?(khi|neu|luc|luc nao|moi khi)|(tell|let|notify|warn|message) me (know )?(when|if))\b/
const UNSUBSCRIBES =
  /\b(khong (muon )?nhan tin|(thoi|huy) (khong )?nhan tin|stop (sending|messag)\w*)\b/

/** A wish about later messages, which otherwise reads like a report of what they would be about. */
export function wishOf(text: string): 'subscribe' | 'unsubscribe' | undefined {
  const folded = fold(text.slice(0, 400))
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
