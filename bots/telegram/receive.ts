import { clean } from '../../api/core/text.ts'
import { isOurCommand, parseSlash } from './commands.ts'
import { readContent } from './content.ts'
import type { IgnoredWhy, TelegramInbound, TelegramMe } from './inbound.ts'
import { integer, type Json, list, number, record, string } from './json.ts'

type Head = { eventId: string; me: TelegramMe | undefined }

/**
 * Reads one raw update of the Bot API. Total: whatever comes in, something comes out, nothing is thrown. Updates of a
 * kind that is not known yet are `ignored`.
 */
export function receiveTelegram(update: unknown, me?: TelegramMe): TelegramInbound {
  const body = record(update)
  const updateId = integer(body?.update_id)
  if (body === undefined || updateId === undefined) return { kind: 'ignored', why: 'malformed' }
  const head: Head = { eventId: String(updateId), me }
  const message = record(body.message)
  if (message !== undefined) return readMessage(message, head)
  const edited = record(body.edited_message)
  if (edited !== undefined) return readEdited(edited, head)
  const query = record(body.callback_query)
  if (query !== undefined) return readCallback(query, head)
  const membership = record(body.my_chat_member)
  if (membership !== undefined) return readMembership(membership, head)
  const isChannel = 'channel_post' in body || 'edited_channel_post' in body
  return ignored(isChannel ? 'channel' : 'unknown_update', head)
}

const ignored = (why: IgnoredWhy, { eventId }: Head) =>
  ({ kind: 'ignored', why, eventId }) satisfies TelegramInbound

function readMessage(message: Json, head: Head): TelegramInbound {
  const chat = record(message.chat)
  const chatId = integer(chat?.id)
  if (chatId === undefined) return ignored('malformed', head)
  const moved = readMigration(message, chatId, head)
  if (moved !== undefined) return moved
  if (chat?.type === 'channel') return ignored('channel', head)
  const from = record(message.from)
  if (from?.is_bot === true) return ignored('from_bot', head)
  const address = { eventId: head.eventId, chatKey: String(chatId), ...languageOf(from) }
  if (chat?.type !== 'private')
    return isAddressed(message, head.me)
      ? { kind: 'group', ...address }
      : ignored('not_addressed', head)
  const read = readContent(message)
  if (read === undefined) return ignored('service', head)
  const messageId = integer(message.message_id)
  const mediaGroupId = string(message.media_group_id)
  return {
    kind: 'turn',
    inbound: { channel: 'telegram', ...address, content: read.content },
    ...(messageId === undefined ? {} : { messageId }),
    ...(read.files === undefined ? {} : { files: read.files }),
    ...(read.files === undefined || mediaGroupId === undefined ? {} : { mediaGroupId }),
  }
}

/** Both the old group and the new supergroup tell of the move. https://core.telegram.org/bots/api#message */
function readMigration(message: Json, chatId: number, head: Head): TelegramInbound | undefined {
  const { eventId } = head
  const to = integer(message.migrate_to_chat_id)
  if (to !== undefined)
    return { kind: 'migrated', eventId, chatKey: String(chatId), toChatKey: String(to) }
  const from = integer(message.migrate_from_chat_id)
  if (from !== undefined)
    return { kind: 'migrated', eventId, chatKey: String(from), toChatKey: String(chatId) }
  return undefined
}

/** An edit changes nothing that was said, and says so; a live location counts once, when it begins. */
function readEdited(message: Json, head: Head): TelegramInbound {
  const chat = record(message.chat)
  const chatId = integer(chat?.id)
  if (chatId === undefined) return ignored('malformed', head)
  if ('location' in message) return ignored('live_location', head)
  if (chat?.type !== 'private') return ignored('not_addressed', head)
  const from = record(message.from)
  if (from?.is_bot === true) return ignored('from_bot', head)
  const { eventId } = head
  const content = { kind: 'unsupported', what: 'edit' } as const
  const address = { chatKey: String(chatId), eventId, ...languageOf(from) }
  return { kind: 'turn', inbound: { channel: 'telegram', ...address, content } }
}

/** A press. A message that is too old comes without its text, an inline one without its chat: the presser's own then. */
function readCallback(query: Json, head: Head): TelegramInbound {
  const callbackQueryId = string(query.id)
  if (callbackQueryId === undefined || callbackQueryId === '') return ignored('malformed', head)
  const from = record(query.from)
  const chat = record(record(query.message)?.chat)
  const chatId = integer(chat?.id) ?? integer(from?.id)
  const id = clean(string(query.data) ?? '')
  if (chatId === undefined) return { ...ignored('malformed', head), callbackQueryId }
  if (id === '') return { ...ignored('no_button_data', head), callbackQueryId }
  const address = { eventId: head.eventId, chatKey: String(chatId), ...languageOf(from) }
  if (chat !== undefined && chat.type !== 'private')
    return { kind: 'group', ...address, callbackQueryId }
  const content = { kind: 'choice', id } as const
  return { kind: 'turn', inbound: { channel: 'telegram', ...address, content }, callbackQueryId }
}

/** `kicked` in a private chat is a block. https://core.telegram.org/bots/api#chatmember */
function readMembership(change: Json, head: Head): TelegramInbound {
  const chat = record(change.chat)
  const chatId = integer(chat?.id)
  const status = string(record(change.new_chat_member)?.status)
  if (chatId === undefined || status === undefined) return ignored('malformed', head)
  const isOut = status === 'kicked' || status === 'left'
  if (!isOut && chat?.type !== 'private') return ignored('group_membership', head)
  const state = isOut ? 'blocked' : 'active'
  return { kind: 'link', eventId: head.eventId, chatKey: String(chatId), state }
}

/** Vietnamese, else English for whoever's app speaks anything else. */
function languageOf(from: Json | undefined): { language?: 'vi' | 'en' } {
  const code = string(from?.language_code)
  if (code === undefined || code === '') return {}
  return { language: /^vi\b/i.test(code) ? 'vi' : 'en' }
}

/** In a group: one of our commands, our name, or an answer to us. */
function isAddressed(message: Json, me: TelegramMe | undefined): boolean {
  const text = string(message.text) ?? string(message.caption) ?? ''
  const slash = parseSlash(text)
  if (slash !== undefined) {
    if (slash.bot === undefined) return isOurCommand(slash.name)
    return isOurName(slash.bot, me)
  }
  if (me === undefined) return false
  if (integer(record(record(message.reply_to_message)?.from)?.id) === me.id) return true
  const entities = [...list(message.entities), ...list(message.caption_entities)]
  return entities.some((value) => {
    const entity = record(value)
    if (entity?.type === 'text_mention') return integer(record(entity.user)?.id) === me.id
    if (entity?.type !== 'mention') return false
    const start = number(entity.offset) ?? 0
    return isOurName(text.slice(start, start + (number(entity.length) ?? 0)).slice(1), me)
  })
}

const isOurName = (name: string, me: TelegramMe | undefined): boolean =>
  me !== undefined && name.toLowerCase() === me.username.toLowerCase()
