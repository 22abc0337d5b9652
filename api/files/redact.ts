import type { Ctx } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { audit } from '../db/audit.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Box } from './ports.ts'
import { readBytes } from './service.ts'
import {
  addLeftovers,
  findMedia,
  forgetUploads,
  lockMedia,
  lockRedacted,
  objectKeys,
  setOriginalGone,
  setRedacted,
} from './store.ts'
import { pictureHash, requireStorage } from './upload.ts'

export type Redaction = {
  mediaId: string
  /** All covered parts; none shows the whole photo again. */
  boxes: readonly Box[]
  /** Time of the redaction that the official has seen; null: none yet. */
  seenAt: string | null
}

/**
 * Makes what everybody but officials of the case sees of a photo. The caller has checked who it is; `confirm` runs in
 * the transaction that writes. Throws `files.not_found`, `files.storage_off`, `files.cannot_redact` where the host
 * cannot draw, `http.conflict` when somebody else covered something meanwhile.
 */
export async function redactMedia(
  ctx: Ctx,
  { mediaId, boxes, seenAt }: Redaction,
  confirm: (tx: Ctx) => Promise<void>,
): Promise<void> {
  const row = await findMedia(ctx.db, mediaId)
  if (row === undefined) throw new AppError('files.not_found')
  const storage = requireStorage(ctx)
  const made = boxes.length === 0 ? null : await draw(ctx, row, boxes)
  try {
    await inTransaction(ctx, async (tx) => {
      await confirm(tx)
      const [now] = await lockMedia(tx.db, [mediaId])
      if (now === undefined) throw new AppError('files.not_found')
      if ((now.redacted?.at ?? null) !== seenAt) throw new AppError('http.conflict')
      if (now.redacted !== null) await addLeftovers(tx.db, keysOf(now.redacted))
      await setRedacted(tx.db, mediaId, made)
      await forgetUploads(tx.db, `${tx.settings.publicUrl}/api/v1/media/${mediaId}`)
      await audit(tx, {
        action: 'media.redact',
        subjectKind: 'media',
        subjectId: mediaId,
        fields: ['redacted'],
        data: { boxes: boxes.length },
      })
    })
  } catch (error) {
    for (const key of keysOf(made)) await storage.remove(key)
    throw error
  }
}

type Rendition = { key: string; thumbKey: string | null }
const keysOf = (made: Rendition | null): string[] =>
  made === null ? [] : [made.key, made.thumbKey].filter((key) => key !== null)

/** Draws and stores the rendition under keys of its own; of the original, whatever was covered before. */
async function draw(
  ctx: Ctx,
  row: NonNullable<Awaited<ReturnType<typeof findMedia>>>,
  boxes: readonly Box[],
) {
  const { cover } = ctx.ports.images
  if (cover === null) throw new AppError('files.cannot_redact')
  const { bytes } = await readBytes(ctx, row, 'full', 'original')
  const { picture, thumbnail } = await cover(bytes, boxes)
  const storage = requireStorage(ctx)
  const key = `${row.storageKey}-covered-${ctx.newId()}`
  const thumbKey = `${key}-thumb`
  await storage.put(key, picture.bytes, picture.contentType)
  await storage.put(thumbKey, thumbnail.bytes, thumbnail.contentType)
  const { contentType } = picture
  const sha256 = await pictureHash(picture)
  return { key, thumbKey, sha256, contentType, boxes: [...boxes], at: ctx.now().toISOString() }
}

/** Keeps only what everybody may see of these photos, in the caller's transaction; how many had more. */
export async function forgetOriginals(tx: Ctx, ids: readonly string[]): Promise<number> {
  const rows = await lockRedacted(tx.db, ids)
  for (const { redacted, ...row } of rows) {
    if (redacted === null) continue
    await addLeftovers(tx.db, objectKeys({ ...row, redacted: null }))
    await setOriginalGone(tx.db, row.id, redacted)
    await audit(tx, { action: 'media.forget_original', subjectKind: 'media', subjectId: row.id })
  }
  return rows.length
}
