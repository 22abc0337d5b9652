import type { Message } from '../../api/chat/message.ts'
import { isWebUrl, tidy, toPlainText } from '../../api/chat/plain-text.ts'
import type { Rendered, RenderTarget } from '../../api/chat/sender.ts'
import { splitText } from '../../api/chat/split-text.ts'
import { truncate } from '../../api/core/text.ts'

/** Zalo Bot Platform, sendMessage: text 1–2,000 signs. https://bot.zaloplatforms.com/docs/apis/sendMessage/ */
export const TEXT_MAX = 2000
/** sendPhoto: caption at most 2,000 signs. https://bot.zaloplatforms.com/docs/apis/sendPhoto/ */
export const CAPTION_MAX = 2000

export type ZaloBotCall =
  | { method: 'sendMessage'; payload: { chat_id: string; text: string } }
  | { method: 'sendPhoto'; payload: { chat_id: string; photo: string; caption?: string } }

/** One message as Zalo Bot calls. The platform has no buttons: choices are numbered, links are written out. */
export function renderZaloBot(message: Message, to: RenderTarget): Rendered<ZaloBotCall> {
  const dropped: string[] = []
  if (message.want !== undefined) dropped.push(`want.${message.want}`)
  if ((message.choices ?? []).length > 0) dropped.push('choices.buttons')
  if (message.parts.some((part) => part.kind === 'link')) dropped.push('link.buttons')
  const images = message.parts.filter((part) => part.kind === 'image')
  const showsImages = images.every((part) => isWebUrl(part.url))
  if (!showsImages) dropped.push('image.url')
  const text = toPlainText(message, showsImages ? { images: true } : {})
  const chat_id = to.chatKey
  const [only] = images
  if (showsImages && only !== undefined && images.length === 1 && text.length <= CAPTION_MAX) {
    const caption = captionOf(text || only.alt)
    return {
      calls: [{ method: 'sendPhoto', payload: { chat_id, photo: only.url, ...caption } }],
      dropped,
    }
  }
  const photos = (showsImages ? images : []).map(
    ({ url, alt }): ZaloBotCall => ({
      method: 'sendPhoto',
      payload: { chat_id, photo: url, ...captionOf(alt) },
    }),
  )
  const texts = splitText(text, TEXT_MAX).map(
    (piece): ZaloBotCall => ({ method: 'sendMessage', payload: { chat_id, text: piece } }),
  )
  return { calls: [...photos, ...texts], dropped }
}

function captionOf(text: string): { caption?: string } {
  const caption = truncate(tidy(text), CAPTION_MAX)
  return caption === '' ? {} : { caption }
}
