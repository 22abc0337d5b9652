import type { Ctx } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { newSecret, sha256Hex } from '../core/ids.ts'
import { localDate } from '../core/time.ts'
import { audit } from '../db/audit.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Picture, Storage } from './ports.ts'
import { sniff } from './sniff.ts'
import { insertMedia, type MediaRow } from './store.ts'

export const MAX_PHOTO_BYTES = 10_000_000

export type Uploaded = {
  mediaId: string
  widthPx: number
  heightPx: number
  taken?: { at?: string; lng?: number; lat?: number }
  /** Only for an upload that belongs to nobody: proves it later, never stored itself. */
  uploadSecret?: string
}

/** The storage, or `files.storage_off` where this installation has none. */
export function requireStorage(ctx: Ctx): Storage {
  if (ctx.ports.storage === null) throw new AppError('files.storage_off')
  return ctx.ports.storage
}

/**
 * Takes a photo from anybody, private until an official publishes it. `conversationKey` is the chat's key (for the web:
 * SHA-256 hex of the conversation secret). Throws `files.too_large`, `files.heic`, `files.not_an_image`,
 * `files.storage_off`.
 */
export async function uploadMedia(
  ctx: Ctx,
  input: { bytes: Uint8Array; conversationKey?: string | undefined },
): Promise<Uploaded> {
  const storage = requireStorage(ctx)
  if (input.bytes.length > MAX_PHOTO_BYTES) throw new AppError('files.too_large')
  const type = sniff(input.bytes)
  if (type === 'heic') throw new AppError('files.heic')
  if (type === undefined) throw new AppError('files.not_an_image')
  const { picture, thumbnail, taken } = await ctx.ports.images.sanitise(input.bytes)

  const id = ctx.newId()
  const [year, month] = localDate(ctx.now()).split('-')
  const storageKey = `media/${year}/${month}/${id}`
  const thumbKey = thumbnail === null ? null : `${storageKey}-thumb`
  const { owner, uploadSecret } = await ownerOf(ctx, input.conversationKey)
  await storage.put(storageKey, picture.bytes, picture.contentType)
  if (thumbnail !== null && thumbKey !== null) {
    await storage.put(thumbKey, thumbnail.bytes, thumbnail.contentType)
  }
  try {
    await inTransaction(ctx, async (tx) => {
      await insertMedia(tx.db, {
        id,
        ...owner,
        state: 'ready',
        contentType: picture.contentType,
        bytes: picture.bytes.length,
        widthPx: picture.widthPx,
        heightPx: picture.heightPx,
        sha256: await pictureHash(picture),
        storageKey,
        thumbKey,
        takenAt: taken.at ?? null,
        takenLng: taken.lng ?? null,
        takenLat: taken.lat ?? null,
        createdAt: tx.now(),
      })
      await audit(tx, { action: 'media.upload', subjectKind: 'media', subjectId: id })
    })
  } catch (error) {
    await storage.remove(storageKey)
    if (thumbKey !== null) await storage.remove(thumbKey)
    throw error
  }
  return {
    mediaId: id,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
    ...takenOf(taken),
    ...(uploadSecret === undefined ? {} : { uploadSecret }),
  }
}

type Owner = Pick<MediaRow, 'ownerKind' | 'ownerId'>

async function ownerOf(
  ctx: Ctx,
  conversationKey: string | undefined,
): Promise<{ owner: Owner; uploadSecret?: string }> {
  const { actor } = ctx
  if (actor.kind === 'official') {
    return { owner: { ownerKind: 'official', ownerId: actor.officialId } }
  }
  if (conversationKey !== undefined) {
    return { owner: { ownerKind: 'conversation', ownerId: conversationKey } }
  }
  if (actor.kind === 'resident') {
    return { owner: { ownerKind: 'resident', ownerId: actor.residentId } }
  }
  const uploadSecret = newSecret(ctx.ports.random)
  return {
    owner: { ownerKind: 'anonymous', ownerId: await sha256Hex(uploadSecret) },
    uploadSecret,
  }
}

/** SHA-256 of its bytes, hex. */
export async function pictureHash(picture: Picture): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(picture.bytes))
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('')
}

function takenOf(taken: { at?: Date; lng?: number; lat?: number }): Pick<Uploaded, 'taken'> {
  const { at, lng, lat } = taken
  const hasPlace = lng !== undefined && lat !== undefined
  if (at === undefined && !hasPlace) return {}
  return {
    taken: {
      ...(at === undefined ? {} : { at: at.toISOString() }),
      ...(hasPlace ? { lng, lat } : {}),
    },
  }
}
