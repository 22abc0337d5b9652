import { type FakeState, type Params, Refusal } from './telegram-state.ts'

/** The Bot API's own limits, with the words in which it says so. https://core.telegram.org/bots/api */
const TEXT_MAX = 4096
const CAPTION_MAX = 1024
const CALLBACK_MAX_BYTES = 64
const TAGS =
  /<\/?(b|strong|i|em|u|ins|s|strike|del|code|pre|blockquote|tg-spoiler|span class="tg-spoiler"|a href="[^"<>]*")>/g

const bad = (words: string) => new Refusal(400, `Bad Request: ${words}`)

/** The text as it is read, after entities; refuses what cannot be parsed. */
export function visibleText(raw: string, parseMode: unknown): string {
  if (parseMode === undefined) return raw.trim()
  if (parseMode !== 'HTML') throw bad('unsupported parse_mode')
  const open: string[] = []
  for (const [tag] of raw.matchAll(TAGS)) {
    const name = /^<\/?([a-z-]+)/.exec(tag)?.[1] ?? ''
    if (!tag.startsWith('</')) open.push(name)
    else if (open.pop() !== name) throw bad("can't parse entities: Unmatched end tag")
  }
  if (open.length > 0) throw bad("can't parse entities: Can't find end tag")
  const text = raw.replace(TAGS, '')
  if (/[<>]/.test(text)) throw bad("can't parse entities: Unsupported start tag")
  const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
  return text.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => signs[name] ?? '').trim()
}

export function checkText(text: string): void {
  if (text === '') throw bad('message text is empty')
  if (text.length > TEXT_MAX) throw bad('message is too long')
}

export function checkCaption(text: string): void {
  if (text.length > CAPTION_MAX) throw bad('message caption is too long')
}

type Button = Record<string, unknown>
const rows = (value: unknown): Button[] => (Array.isArray(value) ? value.flat() : [])

/** Buttons under a message and the keyboard beside the input field, checked. */
export function readMarkup(markup: Params | undefined, isPrivate: boolean) {
  const inline = rows(markup?.inline_keyboard)
  const keyboard = rows(markup?.keyboard)
  for (const button of inline) checkInline(button, isPrivate)
  for (const button of keyboard) {
    if (!isPrivate && (button.request_location || button.request_contact))
      throw bad('phone number and location can be requested in private chats only')
  }
  if (inline.length > 100) throw bad('reply markup is too long')
  return {
    buttons: inline.map((button) => ({
      text: String(button.text),
      ...(typeof button.callback_data === 'string' ? { data: button.callback_data } : {}),
      ...(typeof button.url === 'string' ? { url: button.url } : {}),
    })),
    keyboard: keyboard.map((button) => ({
      text: String(button.text),
      ...(button.request_location ? { wants: 'location' as const } : {}),
      ...(button.request_contact ? { wants: 'contact' as const } : {}),
    })),
  }
}

function checkInline(button: Button, isPrivate: boolean): void {
  if (typeof button.text !== 'string' || button.text === '') throw bad('Text buttons are unallowed')
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(String(button.callback_data))
    if (bytes < 1 || bytes > CALLBACK_MAX_BYTES) throw bad('BUTTON_DATA_INVALID')
    return
  }
  if (typeof button.url === 'string') {
    const isFit = URL.canParse(button.url) && new URL(button.url).hostname.includes('.')
    if (!isFit) throw bad(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
    return
  }
  if (button.web_app !== undefined && !isPrivate) throw bad('BUTTON_TYPE_INVALID')
  if (button.web_app === undefined) throw bad("can't parse inline keyboard button")
}

/** Lets at most `perSecond` messages through in any second. */
export function checkRate(state: FakeState, now: number): void {
  if (state.perSecond === null) return
  state.sentAt = state.sentAt.filter((at) => at > now - 1000)
  if (state.sentAt.length >= state.perSecond)
    throw new Refusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 })
  state.sentAt.push(now)
}
