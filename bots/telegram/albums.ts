import type { Inbound } from '../../api/chat/inbound.ts'
import type { TelegramFile, TelegramInbound } from './inbound.ts'

/** Pictures of an album come as updates of their own, within about a second; so long after the last it is whole. */
export const ALBUM_SETTLE_MS = 1_500
/** A picture that comes later than this after the first begins an album of its own. */
const ALBUM_MAX_WAIT_MS = 10_000

/** Albums of different chats are kept apart, whatever Telegram says of their ids. */
export type AlbumKey = { chatKey: string; mediaGroupId: string }

/** One picture of an album with what its update said; plain JSON. */
export type AlbumPhoto = {
  eventId: string
  messageId: number
  file: TelegramFile
  caption?: string
  language?: 'vi' | 'en'
  /** When its update came, Unix milliseconds. */
  atMs: number
}

/**
 * Gathers across updates and processes. `add` in the transaction that takes the update; the same `eventId` again adds
 * nothing. `isFirst` when the album held nothing before: then the job is put in, in that same transaction, to run
 * after ALBUM_SETTLE_MS. `take` removes and returns all of it, in one statement, so that two jobs never both have it.
 */
export type AlbumStore = {
  add(key: AlbumKey, photo: AlbumPhoto): Promise<{ isFirst: boolean }>
  look(key: AlbumKey): Promise<readonly AlbumPhoto[]>
  take(key: AlbumKey): Promise<readonly AlbumPhoto[]>
}

type Turn = Extract<TelegramInbound, { kind: 'turn' }>

/** The picture of a received update, ready to be kept; undefined when it holds none. A lone picture is an album of one. */
export function albumPhoto(
  turn: Turn,
  now: Date,
): { key: AlbumKey; photo: AlbumPhoto; isAlone: boolean } | undefined {
  const [file] = turn.files ?? []
  const { content, chatKey, eventId, language } = turn.inbound
  if (file === undefined || content.kind !== 'photo') return undefined
  const isAlone = turn.mediaGroupId === undefined
  return {
    key: { chatKey, mediaGroupId: turn.mediaGroupId ?? `one-${eventId}` },
    isAlone,
    photo: {
      eventId,
      messageId: turn.messageId ?? 0,
      file,
      atMs: now.getTime(),
      ...(content.caption === undefined ? {} : { caption: content.caption }),
      ...(language === undefined ? {} : { language }),
    },
  }
}

/** Milliseconds that the job should still wait for more; 0: take it now. */
export function albumWaitMs(photos: readonly AlbumPhoto[], now: Date): number {
  const times = photos.map((photo) => photo.atMs)
  const quietAt = Math.max(...times) + ALBUM_SETTLE_MS
  const latest = Math.min(...times) + ALBUM_MAX_WAIT_MS
  return photos.length === 0 ? 0 : Math.max(0, Math.min(quietAt, latest) - now.getTime())
}

/** Each picture once, in the order in which the person put them. */
export function albumOrder(photos: readonly AlbumPhoto[]): readonly AlbumPhoto[] {
  const sorted = [...photos].sort((a, b) => a.messageId - b.messageId)
  const seen = new Set<string>()
  return sorted.filter(({ file }) => !seen.has(file.uniqueId) && seen.add(file.uniqueId))
}

/**
 * One event for the whole album, `mediaIds` in the order of `albumOrder`. Its id comes from the first update that is
 * in it, so a job that runs twice makes one turn, and a straggler makes another. Undefined without pictures.
 */
export function albumInbound(
  chatKey: string,
  photos: readonly AlbumPhoto[],
  mediaIds: readonly string[],
): Inbound | undefined {
  const ordered = albumOrder(photos)
  const [first] = ordered
  if (first === undefined) return undefined
  const caption = ordered.map((photo) => photo.caption).find((words) => words !== undefined)
  return {
    channel: 'telegram',
    chatKey,
    eventId: `album-${first.eventId}`,
    content: { kind: 'photo', mediaIds, ...(caption === undefined ? {} : { caption }) },
    ...(first.language === undefined ? {} : { language: first.language }),
  }
}
