import {
  type AlbumPhoto,
  albumInbound,
  albumOrder,
  albumWaitMs,
} from '../../../bots/telegram/albums.ts'
import type { ChannelId, Inbound } from '../../chat/inbound.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { inTransaction } from '../../db/transaction.ts'
import { uploadMedia } from '../../files/index.ts'
import {
  countTry,
  deleteDone,
  findStranded,
  findWaiting,
  insertPictures,
  lockWaiting,
  type NewPicture,
  type PictureGroup,
  type PictureRow,
  saveDone,
  saveFetched,
} from './picture-store.ts'

export const PICTURES_JOB = 'channel-pictures'
/** Pictures of an album come within about a second. */
const SETTLE_SECONDS = 2
/** After so many tries the turn goes on without the picture. */
const MAX_TRIES = 5
const MAX_DELAY_SECONDS = 60
const KEPT_DAYS = 30
const DAY_MS = 86_400_000
const STRANDED_MS = 15 * 60_000
const STRANDED_BATCH = 50

export type FetchedPicture =
  | { kind: 'file'; bytes: Uint8Array }
  | { kind: 'retry'; afterMs: number; code: string }
  | { kind: 'failed'; code: string }
/** Brings one picture from its platform by the source that came with the event; never throws. */
export type FetchPicture = (source: string) => Promise<FetchedPicture>

/**
 * Notes pictures of an event in the open transaction, with the job that fetches them; the same event again changes
 * nothing. `isAlone`: no more of the group will come.
 */
export async function keepPictures(
  tx: Ctx,
  group: PictureGroup,
  pictures: readonly NewPicture[],
  isAlone: boolean,
): Promise<void> {
  const before = await findWaiting(tx.db, group)
  const added = await insertPictures(tx.db, group, pictures, tx.now())
  if (added === 0 || before.length > 0) return
  await enqueue(tx, group, isAlone ? 0 : SETTLE_SECONDS)
}

const enqueue = (ctx: Ctx, group: PictureGroup, startAfterSeconds: number): Promise<void> =>
  ctx.ports.jobs.enqueue(ctx.db, PICTURES_JOB, group, { startAfterSeconds })

/** Rows of the pictures of one event that names addresses; its words stand with the first. */
export const pictureRows = (
  eventId: string,
  { urls, caption }: { urls: readonly string[]; caption?: string },
): NewPicture[] =>
  urls.map((source, position) => ({
    eventId,
    position,
    source,
    uniqueId: source,
    messageId: position,
    caption: position === 0 ? (caption ?? null) : null,
    language: null,
  }))

export type PictureWork = {
  fetchers: ReadonlyMap<string, FetchPicture>
  turn: (ctx: Ctx, inbound: Inbound) => Promise<void>
}

/** Fetches the pictures of one group and takes their turn, once whatever runs twice; comes back when it is too early. */
export async function takePictures(ctx: Ctx, group: PictureGroup, work: PictureWork) {
  const rows = await findWaiting(ctx.db, group)
  const fetch = work.fetchers.get(group.channel)
  if (rows.length === 0 || fetch === undefined) return
  const waitMs = isAlbum(group) ? albumWaitMs(rows.map(toPhoto), ctx.now()) : 0
  if (waitMs > 0) return enqueue(ctx, group, Math.ceil(waitMs / 1000))
  const delays: number[] = []
  for (const row of rows) {
    if (row.mediaId !== null || row.failure !== null) continue
    const again = await fetchOne(ctx, row, fetch)
    if (again !== undefined) delays.push(again)
  }
  if (delays.length > 0) {
    const seconds = Math.ceil(Math.max(...delays) / 1000)
    return enqueue(ctx, group, Math.min(MAX_DELAY_SECONDS, Math.max(1, seconds)))
  }
  await inTransaction(ctx, async (tx) => {
    const locked = await lockWaiting(tx.db, group)
    const ready = locked.filter((row) => row.mediaId !== null || row.failure !== null)
    if (ready.length > 0) {
      await saveDone(tx.db, ready)
      await work.turn(tx, toInbound(group, ready))
    }
    if (ready.length < locked.length) await enqueue(tx, group, SETTLE_SECONDS)
  })
}

const isAlbum = ({ groupKey }: PictureGroup): boolean => !groupKey.startsWith('one-')

/** Milliseconds until it should be tried again; undefined when it is settled either way. */
async function fetchOne(
  ctx: Ctx,
  row: PictureRow,
  fetch: FetchPicture,
): Promise<number | undefined> {
  const found = await fetch(row.source)
  if (found.kind === 'retry' && row.tries + 1 < MAX_TRIES) {
    ctx.log.warn('channel.picture_later', { channel: row.channel, code: found.code })
    await countTry(ctx.db, row)
    return found.afterMs
  }
  if (found.kind !== 'file') {
    await saveFetched(ctx.db, row, { failure: found.code })
    return undefined
  }
  try {
    const { mediaId } = await uploadMedia(ctx, {
      bytes: found.bytes,
      conversationKey: row.chatKey,
    })
    await saveFetched(ctx.db, row, { mediaId })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await saveFetched(ctx.db, row, { failure: error.code })
  }
  return undefined
}

const toPhoto = (row: PictureRow): AlbumPhoto => ({
  eventId: row.eventId,
  messageId: row.messageId,
  file: { fileId: row.source, uniqueId: row.uniqueId },
  atMs: Date.parse(row.receivedAt),
  ...(row.caption === null ? {} : { caption: row.caption }),
  ...(row.language === null ? {} : { language: row.language }),
})

const TOO_LARGE = /too_large$/

/** The turn of a group: its pictures in order, or the sentence that none could be had. */
function toInbound(group: PictureGroup, rows: readonly PictureRow[]): Inbound {
  const byFile = new Map(rows.map((row) => [row.uniqueId, row.mediaId]))
  const photos = rows.map(toPhoto)
  const mediaIds = albumOrder(photos).flatMap(({ file }) => byFile.get(file.uniqueId) ?? [])
  const inbound = albumInbound(group.chatKey, photos, mediaIds)
  if (inbound === undefined) throw new Error('a group without pictures')
  const channel = group.channel as ChannelId
  if (mediaIds.length > 0) return { ...inbound, channel }
  const isTooLarge = rows.every(({ failure }) => TOO_LARGE.test(failure ?? ''))
  const what = isTooLarge ? 'file_too_large' : 'picture_failed'
  return { ...inbound, channel, content: { kind: 'unsupported', what } }
}

/** Hourly: forgets what was done a month ago, and wakes groups whose job was lost. */
export async function tidyPictures(ctx: Ctx): Promise<void> {
  const now = ctx.now().getTime()
  await deleteDone(ctx.db, new Date(now - KEPT_DAYS * DAY_MS))
  const stranded = await findStranded(ctx.db, new Date(now - STRANDED_MS), STRANDED_BATCH)
  for (const group of stranded) await enqueue(ctx, group, 0)
}
