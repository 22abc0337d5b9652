import type { InlineKeyboardButton, Opts } from 'grammy/types'
import { CHOICE_ID_MAX_BYTES } from '../../api/chat/choice-id.ts'
import type { Choice, Message, Part } from '../../api/chat/message.ts'
import { isWebUrl, tidy, toPlainText } from '../../api/chat/plain-text.ts'
import type { Rendered, RenderTarget } from '../../api/chat/sender.ts'
import { splitText } from '../../api/chat/split-text.ts'
import { truncate } from '../../api/core/text.ts'

/** https://core.telegram.org/bots/api#sendmessage: 1–4096 signs after entities parsing. */
export const TEXT_MAX = 4096
/** https://core.telegram.org/bots/api#sendphoto: caption 0–1024 signs after entities parsing. */
export const CAPTION_MAX = 1024
/** https://core.telegram.org/bots/api#inlinekeyboardbutton: callback_data 1–64 bytes. */
export const CALLBACK_MAX_BYTES = CHOICE_ID_MAX_BYTES
/** An inline keyboard takes 100 buttons (observed, undocumented); more are numbered text. */
export const BUTTONS_MAX = 100
/** Ours: a longer label is cut by phones in the middle. */
export const LABEL_MAX = 64
/** Two short labels share a row at 360 px. */
const SHORT_LABEL = 14

export type TelegramCall =
  | { method: 'sendMessage'; payload: Opts<'sendMessage'> }
  /** `mediaId` names the stored picture, so that a sender may upload it instead of giving its address. */
  | { method: 'sendPhoto'; payload: Opts<'sendPhoto'>; mediaId: string }

type Keyboard = InlineKeyboardButton[][]
type Images = Extract<Part, { kind: 'image' }>[]

/** Only the five signs that HTML mode reads; https://core.telegram.org/bots/api#html-style. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One message as Bot API calls: pictures first, then text, the keyboard under the last of them. */
export function renderTelegram(message: Message, to: RenderTarget): Rendered<TelegramCall> {
  const dropped: string[] = []
  const images = message.parts.filter((part) => part.kind === 'image' && isWebUrl(part.url))
  const links = message.parts.filter((part) => part.kind === 'link' && isButtonUrl(part.url))
  const shownImages = images.length === countKind(message, 'image')
  const shownLinks = links.length === countKind(message, 'link')
  if (!shownImages) dropped.push('image.url')
  if (!shownLinks) dropped.push('link.url')
  const buttons = choiceRows(message.choices ?? [])
  if (buttons === undefined) dropped.push('choices.buttons')
  const linkRows = shownLinks
    ? links.map((part) => (part.kind === 'link' ? [linkButton(part.label, part.url)] : []))
    : []
  const keyboard: Keyboard = [...(buttons ?? []), ...linkRows]
  const text = toPlainText(message, {
    ...(shownImages ? { images: true } : {}),
    ...(shownLinks ? { links: true } : {}),
    ...(buttons === undefined ? {} : { choices: true }),
  })
  const calls = [
    ...body(text, shownImages ? (images as Images) : [], keyboard, titles(message), to.chatKey),
    ...wantCalls(message, to, dropped),
  ]
  return { calls, dropped }
}

/** Telegram refuses a whole message for one button that leads to this machine. */
const isButtonUrl = (url: string): boolean =>
  isWebUrl(url) && /^https:\/\//i.test(url) && new URL(url).hostname.includes('.')

const countKind = (message: Message, kind: Part['kind']) =>
  message.parts.filter((part) => part.kind === kind).length

const titles = (message: Message): ReadonlySet<string> =>
  new Set(message.parts.flatMap((part) => (part.kind === 'fields' ? [tidy(part.title)] : [])))

const linkButton = (label: string, url: string): InlineKeyboardButton => ({
  text: truncate(tidy(label) || url, LABEL_MAX),
  url,
})

/** Rows of buttons; undefined when one of them cannot be a button. */
function choiceRows(choices: readonly Choice[]): Keyboard | undefined {
  if (choices.length > BUTTONS_MAX) return undefined
  const rows: { text: string; callback_data: string }[][] = []
  for (const choice of choices) {
    const bytes = new TextEncoder().encode(choice.id).length
    const label = tidy(choice.label)
    if (bytes === 0 || bytes > CALLBACK_MAX_BYTES || label === '') return undefined
    const button = { text: truncate(label, LABEL_MAX), callback_data: choice.id.toWellFormed() }
    const last = rows.at(-1)
    const isShort = label.length <= SHORT_LABEL
    if (isShort && last?.length === 1 && last.every((b) => b.text.length <= SHORT_LABEL))
      last.push(button)
    else rows.push([button])
  }
  return rows
}

function body(
  text: string,
  images: Images,
  keyboard: Keyboard,
  bold: ReadonlySet<string>,
  chatKey: string,
): TelegramCall[] {
  const markup = keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } }
  const [only] = images
  if (only !== undefined && images.length === 1 && text.length <= CAPTION_MAX)
    return [photo(chatKey, only, text || caption(only.alt), bold, markup)]
  const photos = images.map((image) => photo(chatKey, image, caption(image.alt), bold, {}))
  const pieces = splitText(text, TEXT_MAX)
  // Buttons need a message to stand under.
  if (pieces.length === 0 && keyboard.length > 0) pieces.push('…')
  const texts = pieces.map(
    (piece, i): TelegramCall => ({
      method: 'sendMessage',
      payload: {
        chat_id: chatKey,
        text: html(piece, bold),
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(i === pieces.length - 1 ? markup : {}),
      },
    }),
  )
  return [...photos, ...texts]
}

const photo = (
  chatKey: string,
  { url, mediaId }: Images[number],
  caption: string,
  bold: ReadonlySet<string>,
  markup: { reply_markup?: { inline_keyboard: Keyboard } },
): TelegramCall => ({
  method: 'sendPhoto',
  mediaId,
  payload: {
    chat_id: chatKey,
    photo: url,
    ...(caption === '' ? {} : { caption: html(caption, bold), parse_mode: 'HTML' as const }),
    ...markup,
  },
})

const caption = (alt: string) => truncate(tidy(alt), CAPTION_MAX)

const html = (text: string, bold: ReadonlySet<string>): string =>
  text
    .split('\n')
    .map((line) =>
      bold.has(line) && line !== '' ? `<b>${escapeHtml(line)}</b>` : escapeHtml(line),
    )
    .join('\n')

/**
 * A keyboard that asks for location or phone: private chats only
 * (https://core.telegram.org/bots/api#keyboardbutton), in a message of its own because inline buttons take the other.
 */
function wantCalls(message: Message, to: RenderTarget, dropped: string[]): TelegramCall[] {
  if (message.want === undefined || message.want === 'photo') return []
  if (to.chatKey.startsWith('-')) {
    dropped.push(`want.${message.want}`)
    return []
  }
  const button =
    message.want === 'location'
      ? { text: to.words.sendLocation, request_location: true }
      : { text: to.words.sendPhone, request_contact: true }
  return [
    {
      method: 'sendMessage',
      payload: {
        chat_id: to.chatKey,
        text: escapeHtml(to.words.useKeyboard),
        parse_mode: 'HTML',
        reply_markup: { keyboard: [[button]], resize_keyboard: true, one_time_keyboard: true },
      },
    },
  ]
}
