import { type Api, InputFile } from 'grammy/web'
import type { Sender, SendOutcome } from '../../api/chat/sender.ts'
import { grammySignal, telegramApi } from './api.ts'
import { faultOf, outcomeOf } from './faults.ts'
import type { Media, Migrations, OnFault, TelegramAccess } from './ports.ts'
import { renderTelegram, type TelegramCall } from './render.ts'

/** One `send`, with whatever it falls back to; the drain keeps 20 s of its lease free for it. */
const SEND_TIMEOUT_MS = 18_000
/** An answered press only stops a spinner. */
const ANSWER_TIMEOUT_MS = 5_000
/** Our own storage was away; nothing was sent. */
const STORAGE_RETRY_MS = 10_000
/** Telegram's own copies of pictures, so that one picture for many people is uploaded once. */
const KEPT_FILE_IDS = 500

type Options = TelegramAccess & {
  /** Uploads pictures from storage; without it Telegram fetches them by their public address. */
  media?: Media
  migrations?: Migrations
  onFault?: OnFault
  timeoutMs?: number
}

/**
 * Telegram's way out. One call, never repeated after it may have arrived; two refusals are mended at once, since
 * nothing was sent: a group that moved gets the call under its new id, a photo that Telegram does not take becomes
 * its caption. 429 waits exactly `retry_after`; a block or a lost chat is `gone`; no answer is `unknown`.
 */
export function createTelegramSender(options: Options): Sender<TelegramCall> {
  const { timeoutMs = SEND_TIMEOUT_MS } = options
  const api = telegramApi(options, { timeoutMs })
  const pictures = keepPictures(options.media)
  return {
    channel: 'telegram',
    render: renderTelegram,
    async send(call, { chatKey }) {
      const signal = AbortSignal.timeout(timeoutMs)
      const attempt = (next: TelegramCall) => tryCall(api, next, { pictures, signal, ...options })
      let current = call
      let result = await attempt(current)
      if (result.migrateTo !== undefined) {
        const toChatKey = String(result.migrateTo)
        await noteMove(options, chatKey, toChatKey)
        current = movedTo(current, toChatKey)
        result = await attempt(current)
      }
      const words =
        result.outcome.kind === 'rejected' ? withoutPhoto(current, result.outcome) : undefined
      if (words !== undefined) result = await attempt(words)
      return result.outcome
    },
  }
}

type Try = { pictures: Pictures; signal: AbortSignal; onFault?: OnFault }
type Tried = { outcome: SendOutcome; migrateTo?: number }

async function tryCall(api: Api, call: TelegramCall, how: Try): Promise<Tried> {
  const { pictures, signal, onFault } = how
  const stored = call.method === 'sendPhoto' ? await pictures.find(call.mediaId) : undefined
  if (stored === 'unavailable') {
    onFault?.({ what: 'media', code: 'unavailable' })
    return { outcome: { kind: 'retry', afterMs: STORAGE_RETRY_MS, code: 'media_unavailable' } }
  }
  try {
    if (call.method === 'sendMessage') {
      await api.raw.sendMessage(call.payload, grammySignal(signal))
    } else {
      const payload = { ...call.payload, photo: stored?.photo ?? call.payload.photo }
      const sent = await api.raw.sendPhoto(payload, grammySignal(signal))
      pictures.keep(call.mediaId, sent.photo.at(-1)?.file_id)
    }
    return { outcome: { kind: 'sent' } }
  } catch (error) {
    const { migrateTo, ...outcome } = outcomeOf(error)
    onFault?.(faultOf(call.method, error))
    return migrateTo === undefined ? { outcome } : { outcome, migrateTo }
  }
}

/** A move that could not be noted is told again by the next call to the old id. */
async function noteMove(options: Options, fromChatKey: string, toChatKey: string): Promise<void> {
  try {
    await options.migrations?.moved({ channel: 'telegram', fromChatKey, toChatKey })
  } catch {
    options.onFault?.({ what: 'migration', code: 'not_noted' })
  }
}

/** Only the address changes; done by kind, because each kind has a payload of its own. */
const movedTo = (call: TelegramCall, chatId: string): TelegramCall =>
  call.method === 'sendMessage'
    ? { ...call, payload: { ...call.payload, chat_id: chatId } }
    : { ...call, payload: { ...call.payload, chat_id: chatId } }

/** The words of a refused photo with its buttons; undefined when there are none or something else was wrong. */
function withoutPhoto(call: TelegramCall, { code }: { code: string }): TelegramCall | undefined {
  if (call.method !== 'sendPhoto' || (code !== 'bad_picture' && code !== 'too_large'))
    return undefined
  const { chat_id, caption, parse_mode, reply_markup } = call.payload
  if (caption === undefined || caption === '') return undefined
  return {
    method: 'sendMessage',
    payload: {
      chat_id,
      text: caption,
      link_preview_options: { is_disabled: true },
      ...(parse_mode === undefined ? {} : { parse_mode }),
      ...(reply_markup === undefined ? {} : { reply_markup }),
    },
  }
}

type Pictures = {
  /** What to show instead of the address; undefined to keep that. */
  find(
    mediaId: string | undefined,
  ): Promise<{ photo: InputFile | string } | 'unavailable' | undefined>
  keep(mediaId: string | undefined, fileId: string | undefined): void
}

/** Pictures by their stored bytes, or by the id that Telegram gave them before. */
function keepPictures(media: Media | undefined): Pictures {
  const fileIds = new Map<string, string>()
  return {
    async find(mediaId) {
      if (media === undefined || mediaId === undefined) return undefined
      const known = fileIds.get(mediaId)
      if (known !== undefined) return { photo: known }
      try {
        const found = await media.bytesOf(mediaId)
        if (found === undefined) return undefined
        const ending = found.contentType.split('/').at(-1) ?? 'jpg'
        return { photo: new InputFile(found.bytes, `photo.${ending}`) }
      } catch {
        return 'unavailable'
      }
    },
    keep(mediaId, fileId) {
      if (media === undefined || mediaId === undefined || fileId === undefined) return
      if (fileIds.size >= KEPT_FILE_IDS) fileIds.clear()
      fileIds.set(mediaId, fileId)
    },
  }
}

/**
 * Stops the spinner of a pressed button, whose `callbackQueryId` came with the update. Thrown away by design: a query
 * that is too old is no fault, and nothing waits for this.
 */
export function createCallbackAnswerer(options: TelegramAccess & { onFault?: OnFault }) {
  const api = telegramApi(options, { timeoutMs: ANSWER_TIMEOUT_MS })
  return async (callbackQueryId: string): Promise<void> => {
    try {
      await api.answerCallbackQuery(callbackQueryId)
    } catch (error) {
      options.onFault?.(faultOf('answerCallbackQuery', error))
    }
  }
}
