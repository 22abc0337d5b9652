import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { isUuid, sha256Hex } from '../core/ids.ts'
import { audit } from '../db/audit.ts'
import { inTransaction } from '../db/transaction.ts'
import {
  dropLeftover,
  findMedia,
  listLeftovers,
  listUnswept,
  lockMedia,
  type MediaRow,
  markGone,
  markOrphansGone,
  objectKeys,
  selectMedia,
  setAttached,
  setConversation,
  setPublished,
  setSwept,
  setUnpublished,
} from './store.ts'
import { requireStorage } from './upload.ts'

/** Photos of one report or one answer. */
export const MAX_ATTACHED = 6
/** An upload that nothing refers to after this time goes. */
const ORPHAN_HOURS = 24
const PURGE_BATCH = 200

export type MediaRef = { mediaId: string; uploadSecret?: string | undefined }
export type MediaInfo = {
  mediaId: string
  contentType: string
  widthPx: number
  heightPx: number
  taken: { at: string | null; lng: number | null; lat: number | null }
}
export type MediaSize = 'full' | 'thumb'

const toInfo = (row: MediaRow): MediaInfo => ({
  mediaId: row.id,
  contentType: row.contentType,
  widthPx: row.widthPx,
  heightPx: row.heightPx,
  taken: { at: row.takenAt, lng: row.takenLng, lat: row.takenLat },
})

/** Who uploaded it: an account, a chat, or whoever still holds the one-time secret. */
export type Proof = { actor: Actor; conversationKey?: string | undefined; secretHash?: string }

/** Whether the proof is that of the uploader. */
export function ownsMedia(row: Pick<MediaRow, 'ownerKind' | 'ownerId'>, proof: Proof): boolean {
  const { actor } = proof
  switch (row.ownerKind) {
    case 'official':
      return actor.kind === 'official' && actor.officialId === row.ownerId
    case 'resident':
      return actor.kind === 'resident' && actor.residentId === row.ownerId
    case 'conversation':
      return proof.conversationKey === row.ownerId
    case 'anonymous':
      return proof.secretHash === row.ownerId
  }
}

/**
 * Binds uploads to a case, in the caller's transaction. Throws `files.too_many`, and `files.not_found` for media that
 * are gone, another's, or already bound elsewhere; the same binding again is fine.
 */
export async function attachMedia(
  ctx: Ctx,
  input: {
    media: readonly MediaRef[]
    conversationKey?: string | undefined
    /** Id of the case. */
    attachedTo: string
  },
): Promise<MediaInfo[]> {
  return inTransaction(ctx, async (tx) => {
    const found = await lockOwned(tx, input)
    const ids = found.map((row) => row.id)
    if (ids.length === 0) return []
    await setAttached(tx.db, ids, input.attachedTo)
    for (const id of ids) {
      await audit(tx, {
        action: 'media.attach',
        subjectKind: 'media',
        subjectId: id,
        data: { attachedTo: input.attachedTo },
      })
    }
    return found.map(toInfo)
  })
}

/** When photos were taken (by their own metadata) and uploaded; what is no photo of ours is left out. */
export async function describeMedia(
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ mediaId: string; takenAt: string | null; uploadedAt: string }[]> {
  const rows = await selectMedia(ctx.db, ids.filter(isUuid))
  return rows.map((row) => ({ mediaId: row.id, takenAt: row.takenAt, uploadedAt: row.createdAt }))
}

type Owned = {
  media: readonly MediaRef[]
  conversationKey?: string | undefined
  attachedTo?: string
}

/** The uploads, locked, once each; all of them the caller's and bound to nothing else. Throws as `attachMedia`. */
async function lockOwned(tx: Ctx, input: Owned): Promise<MediaRow[]> {
  const ids = [...new Set(input.media.map((ref) => ref.mediaId))]
  if (ids.length > MAX_ATTACHED) {
    throw new AppError('files.too_many', { params: { max: MAX_ATTACHED } })
  }
  if (!ids.every(isUuid)) throw new AppError('files.not_found')
  const secrets = new Map<string, string>()
  for (const { mediaId, uploadSecret } of input.media) {
    if (uploadSecret !== undefined) secrets.set(mediaId, await sha256Hex(uploadSecret))
  }
  const rows = new Map((await lockMedia(tx.db, ids)).map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = rows.get(id)
    const secretHash = secrets.get(id)
    const proof: Proof = {
      actor: tx.actor,
      conversationKey: input.conversationKey,
      ...(secretHash === undefined ? {} : { secretHash }),
    }
    const isFree = row?.attachedTo === null || row?.attachedTo === input.attachedTo
    if (row === undefined || !isFree || !ownsMedia(row, proof)) {
      throw new AppError('files.not_found')
    }
    return row
  })
}

/** Gives uploads that the caller proves to be theirs to a chat, in the open transaction. Throws as `attachMedia`. */
export async function claimMedia(
  ctx: Ctx,
  { media, conversationKey }: { media: readonly MediaRef[]; conversationKey: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const ids = (await lockOwned(tx, { media, conversationKey })).map((row) => row.id)
    if (ids.length === 0) return
    await setConversation(tx.db, ids, conversationKey)
    for (const id of ids)
      await audit(tx, { action: 'media.claim', subjectKind: 'media', subjectId: id })
  })
}

/** Makes media readable by everybody, in the caller's transaction; the caller has decided that it may. */
export async function publishMedia(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await inTransaction(ctx, async (tx) => {
    for (const id of await setPublished(tx.db, ids, tx.now())) {
      await audit(tx, { action: 'media.publish', subjectKind: 'media', subjectId: id })
    }
  })
}

/** Takes media back from the public, in the caller's transaction; copies may live on in caches for an hour. */
export async function unpublishMedia(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await inTransaction(ctx, async (tx) => {
    for (const id of await setUnpublished(tx.db, ids)) {
      await audit(tx, { action: 'media.unpublish', subjectKind: 'media', subjectId: id })
    }
  })
}

/** Removes media for good, in the caller's transaction; the next purge takes their objects out of the storage. */
export async function discardMedia(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await inTransaction(ctx, async (tx) => {
    for (const id of await markGone(tx.db, ids)) {
      await audit(tx, { action: 'media.discard', subjectKind: 'media', subjectId: id })
    }
  })
}

export type MediaBytes = { bytes: Uint8Array; contentType: string }

/** The stored bytes, for senders and pages that have checked access; `thumb` falls back to the full picture. */
export async function getMediaBytes(ctx: Ctx, id: string, size: MediaSize): Promise<MediaBytes> {
  const row = isUuid(id) ? await findMedia(ctx.db, id) : undefined
  if (row === undefined) throw new AppError('files.not_found')
  return readBytes(ctx, row, size)
}

/** What is read of a row that may have been covered in part: what everybody may see, or the photo as it came. */
export type Rendition = 'public' | 'original'

export function shownOf(row: MediaRow, rendition: Rendition) {
  const { storageKey: key, thumbKey, sha256, contentType } = row
  return rendition === 'public' && row.redacted !== null
    ? row.redacted
    : { key, thumbKey, sha256, contentType }
}

export async function readBytes(
  ctx: Ctx,
  row: MediaRow,
  size: MediaSize,
  rendition: Rendition = 'public',
): Promise<MediaBytes> {
  const shown = shownOf(row, rendition)
  const key = (size === 'thumb' ? shown.thumbKey : null) ?? shown.key
  const bytes = await requireStorage(ctx).get(key)
  if (bytes === undefined) {
    ctx.log.error('media.object_missing', { mediaId: row.id })
    throw new AppError('files.not_found')
  }
  return { bytes, contentType: shown.contentType }
}

/**
 * Removes uploads that nothing refers to after 24 hours: first their rows, committed, then the objects; an object that
 * could not be removed is tried again by the next run. Returns how many uploads went.
 */
export async function purgeOrphans(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - ORPHAN_HOURS * 3_600_000)
  const gone = await inTransaction(ctx, async (tx) => {
    const ids = await markOrphansGone(tx.db, before, PURGE_BATCH)
    for (const id of ids) {
      await audit(tx, { action: 'media.purge', subjectKind: 'media', subjectId: id })
    }
    return ids
  })
  const storage = ctx.ports.storage
  if (storage === null) return gone.length
  for (const row of await listUnswept(ctx.db, PURGE_BATCH)) {
    try {
      for (const key of objectKeys(row)) await storage.remove(key)
      await setSwept(ctx.db, row.id)
    } catch (error) {
      ctx.log.warn('media.sweep_failed', { mediaId: row.id, error })
    }
  }
  for (const key of await listLeftovers(ctx.db, PURGE_BATCH)) {
    try {
      await storage.remove(key)
      await dropLeftover(ctx.db, key)
    } catch (error) {
      ctx.log.warn('media.sweep_failed', { error })
    }
  }
  return gone.length
}
