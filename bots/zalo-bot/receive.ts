import type { Content } from '../../api/chat/inbound.ts'
import { at, idOf, textOf } from './fields.ts'
import { isMediaUrl, MEDIA_HOSTS } from './media-hosts.ts'

/** What a person sent; `pictures` are still Zalo's, to be copied at once. */
export type ZaloBotContent =
  | Content
  | { kind: 'pictures'; urls: readonly string[]; caption?: string }

/** One webhook event, freed of its shape. In a group nothing personal may be answered. */
export type ZaloBotEvent =
  | {
      kind: 'message'
      eventId: string
      chatKey: string
      isGroup: boolean
      at?: Date
      content: ZaloBotContent
    }
  | {
      kind: 'ignored'
      eventName: string
      why: 'unknown' | 'no_chat' | 'from_bot' | 'not_addressed'
    }

type Options = {
  mediaHosts?: readonly string[]
  /** The bot's name as people mention it; unknown: any first word with "@" counts. */
  botName?: string
}

const EVENT = /^message\.([a-z_]{1,40})\.received$/

/**
 * Reads any body, wrapped as `{ok, result}` (documented) or bare (seen in traffic). Pure and total. In groups only
 * texts and captions that mention the bot are for it.
 */
export function receiveZaloBot(body: unknown, options: Options = {}): ZaloBotEvent {
  const update = at(body, 'result') ?? body
  const given = at(update, 'event_name')
  const type = typeof given === 'string' ? EVENT.exec(given)?.[1] : undefined
  const eventName = type === undefined ? 'unknown' : `message.${type}.received`
  const ignored = (why: (ZaloBotEvent & { kind: 'ignored' })['why']): ZaloBotEvent => ({
    kind: 'ignored',
    eventName,
    why,
  })
  if (type === undefined) return ignored('unknown')
  const message = at(update, 'message')
  const chatKey = idOf(at(message, 'chat', 'id'))
  const messageId = idOf(at(message, 'message_id'))
  if (chatKey === undefined || messageId === undefined) return ignored('no_chat')
  if (at(message, 'from', 'is_bot') === true) return ignored('from_bot')
  const isGroup = at(message, 'chat', 'chat_type') === 'GROUP'
  const read = contentOf(type, message, options.mediaHosts ?? MEDIA_HOSTS)
  const content = isGroup ? addressed(read, options.botName) : read
  if (content === undefined) return ignored('not_addressed')
  const eventId = `${eventName}:${messageId}`
  return { kind: 'message', eventId, chatKey, isGroup, content, ...dateOf(at(message, 'date')) }
}

/** `date` is in milliseconds. */
function dateOf(value: unknown): { at?: Date } {
  const date = typeof value === 'number' ? new Date(value) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? {} : { at: date }
}

function contentOf(type: string, message: unknown, hosts: readonly string[]): ZaloBotContent {
  const unsupported: ZaloBotContent = { kind: 'unsupported', what: type }
  switch (type) {
    case 'text':
    case 'link': {
      const text = textOf(at(message, 'text')) ?? textOf(at(message, 'url'))
      return text === undefined ? unsupported : { kind: 'text', text }
    }
    case 'image': {
      const url = [at(message, 'photo_url'), at(message, 'photo')].find((one) =>
        isMediaUrl(one, hosts),
      )
      if (typeof url !== 'string') return unsupported
      const caption = textOf(at(message, 'caption')) ?? textOf(at(message, 'text'))
      return { kind: 'pictures', urls: [url], ...(caption === undefined ? {} : { caption }) }
    }
    default:
      return unsupported
  }
}

/** What a group says to the bot, without the mention; undefined when it speaks to somebody else. */
function addressed(
  content: ZaloBotContent,
  botName: string | undefined,
): ZaloBotContent | undefined {
  if (content.kind === 'text') {
    const text = withoutMention(content.text, botName)
    if (text === undefined) return undefined
    return text === '' ? { kind: 'start' } : { kind: 'text', text }
  }
  if (content.kind !== 'pictures' || content.caption === undefined) return undefined
  const caption = withoutMention(content.caption, botName)
  if (caption === undefined) return undefined
  return { ...content, caption }
}

function withoutMention(text: string, botName: string | undefined): string | undefined {
  if (botName === undefined) return /^@\S/.test(text) ? text.replace(/^@\S+\s*/, '') : undefined
  const name = botName.normalize('NFC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const mention = new RegExp(`@${name}(?![\\p{L}\\p{N}])`, 'iu')
  return mention.test(text) ? text.replace(mention, ' ').trim() : undefined
}
