import type { Inbound } from '../../api/chat/inbound.ts'

/** https://core.telegram.org/bots/api#getfile: bots download at most 20 MB. */
export const FILE_MAX_BYTES = 20_000_000

/** Who the bot is, from getMe; only with it are mentions and replies in groups recognised. */
export type TelegramMe = { id: number; username: string }

/** A picture to be fetched after the commit; `uniqueId` is the same for every copy of one picture. */
export type TelegramFile = { fileId: string; uniqueId: string; sizeBytes?: number }

/** `what` of `unsupported` content: each deserves a sentence of its own. */
export type Unsupported =
  | 'animation'
  | 'audio'
  | 'dice'
  | 'edit'
  | 'empty'
  | 'file'
  | 'file_too_large'
  | 'game'
  | 'location'
  | 'other'
  | 'others_contact'
  | 'poll'
  | 'sticker'
  | 'story'
  | 'video'
  | 'voice'

export type IgnoredWhy =
  | 'channel'
  | 'from_bot'
  | 'group_membership'
  | 'live_location'
  | 'malformed'
  | 'no_button_data'
  | 'not_addressed'
  | 'service'
  | 'unknown_update'

/**
 * One update, read. `eventId` is the `update_id`: the dedupe key of whatever is done about it.
 *
 * - `turn`: something for the conversation. Pictures come as `files` with empty `mediaIds`: they are fetched by a job
 *   (`albumInbound` puts both together). `callbackQueryId` must be answered, or the button keeps spinning.
 * - `group`: the bot was addressed in a group; nothing personal is read, a pointer to the private chat is the answer.
 * - `link`: the person blocked the bot, or let it in again.
 * - `migrated`: the group has a new id, everything stored under `chatKey` moves to `toChatKey`.
 * - `ignored`: nothing is to be done but noting `why` (and answering `callbackQueryId`).
 */
export type TelegramInbound =
  | {
      kind: 'turn'
      inbound: Inbound
      /** Place of the message in its chat: pictures of one album are put in this order. */
      messageId?: number
      callbackQueryId?: string
      files?: readonly TelegramFile[]
      mediaGroupId?: string
    }
  | {
      kind: 'group'
      eventId: string
      chatKey: string
      language?: 'vi' | 'en'
      callbackQueryId?: string
    }
  | { kind: 'link'; eventId: string; chatKey: string; state: 'blocked' | 'active' }
  | { kind: 'migrated'; eventId: string; chatKey: string; toChatKey: string }
  | { kind: 'ignored'; why: IgnoredWhy; eventId?: string; callbackQueryId?: string }
