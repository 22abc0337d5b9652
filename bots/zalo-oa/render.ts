import type { Message } from '../../api/chat/message.ts'
import { isWebUrl, tidy, toPlainText } from '../../api/chat/plain-text.ts'
import type { Rendered, RenderTarget } from '../../api/chat/sender.ts'
import { splitText } from '../../api/chat/split-text.ts'
import { truncate } from '../../api/core/text.ts'

/** Zalo OA v3 "tin tư vấn": over 2,000 signs is refused with error −210. https://developers.zalo.me/docs/official-account/tin-nhan/tin-tu-van/gui-tin-tu-van-dang-van-ban */
export const TEXT_MAX = 2000
/** Buttons of one message, their title and their payload: same pages, "buttons". */
export const BUTTONS_MAX = 5
export const TITLE_MAX = 100
export const PAYLOAD_MAX = 1000

type Button =
  | { title: string; type: 'oa.query.hide'; payload: string }
  | { title: string; type: 'oa.open.url'; payload: { url: string } }

type Attachment =
  | { type: 'template'; payload: { buttons: Button[] } }
  | {
      type: 'template'
      payload: { template_type: 'media'; elements: { media_type: 'image'; url: string }[] }
    }

/** Body of `POST /v3.0/oa/message/cs`; `brief` stays here, for a template in place of the whole message. */
export type ZaloOaCall = {
  brief?: NonNullable<Message['brief']>
  recipient: { user_id: string }
  message: { text?: string; attachment?: Attachment }
}

/**
 * One message as Zalo OA calls: pictures first, then text, buttons on the last piece. Choices are always printed with
 * their numbers too, for phones that show no buttons and people who type.
 */
export function renderZaloOa(message: Message, to: RenderTarget): Rendered<ZaloOaCall> {
  const dropped: string[] = []
  if (message.want !== undefined) dropped.push(`want.${message.want}`)
  const images = message.parts.filter((part) => part.kind === 'image')
  const showsImages = images.every((part) => isWebUrl(part.url))
  if (!showsImages) dropped.push('image.url')
  const queries = queryButtons(message)
  const choiceCount = message.choices?.length ?? 0
  if ((queries?.length ?? 0) < choiceCount) dropped.push('choices.buttons')
  const links = linkButtons(message, BUTTONS_MAX - (queries?.length ?? 0))
  if (links === undefined) dropped.push('link.buttons')
  const buttons: Button[] = [...(queries ?? []), ...(links ?? [])]
  const text = toPlainText(message, {
    ...(showsImages ? { images: true } : {}),
    ...(links === undefined ? {} : { links: true }),
  })
  const recipient = { user_id: to.chatKey }
  const pieces = splitText(text, TEXT_MAX)
  // A button needs a text to stand under.
  if (pieces.length === 0 && buttons.length > 0) pieces.push('…')
  const pictures = (showsImages ? images : []).map(
    (part): ZaloOaCall => ({
      recipient,
      message: {
        ...caption(part.alt),
        attachment: {
          type: 'template',
          payload: { template_type: 'media', elements: [{ media_type: 'image', url: part.url }] },
        },
      },
    }),
  )
  const texts = pieces.map((piece, i): ZaloOaCall => {
    const hasButtons = i === pieces.length - 1 && buttons.length > 0
    return {
      recipient,
      message: {
        text: piece,
        ...(hasButtons ? { attachment: { type: 'template', payload: { buttons } } } : {}),
      },
    }
  })
  const [first, ...rest] = [...pictures, ...texts]
  if (first === undefined) return { calls: [], dropped }
  const { brief } = message
  return { calls: [brief === undefined ? first : { ...first, brief }, ...rest], dropped }
}

function caption(alt: string): { text?: string } {
  const text = truncate(tidy(alt), TEXT_MAX)
  return text === '' ? {} : { text }
}

/** The first choices; further ones have their numbers in the text. Undefined when some cannot be a button at all. */
function queryButtons(message: Message): Button[] | undefined {
  const choices = message.choices ?? []
  const fits = choices.every(
    ({ id, label }) => id !== '' && id.length <= PAYLOAD_MAX && tidy(label) !== '',
  )
  if (!fits) return undefined
  return choices.slice(0, BUTTONS_MAX).map(({ id, label }) => ({
    title: truncate(tidy(label), TITLE_MAX),
    type: 'oa.query.hide',
    payload: id.toWellFormed(),
  }))
}

function linkButtons(message: Message, room: number): Button[] | undefined {
  const links = message.parts.filter((part) => part.kind === 'link')
  if (links.length > room || links.some((part) => !isWebUrl(part.url))) return undefined
  return links.map(({ label, url }) => ({
    title: truncate(tidy(label) || url, TITLE_MAX),
    type: 'oa.open.url',
    payload: { url },
  }))
}
