import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia, type MediaRef, uploadMedia } from '../../../files/index.ts'
import { MAX_CASE_PHOTOS, notePhotos } from '../service/add.ts'
import { auditCase, recordNote } from '../service/record.ts'
import { findCaseMedia, insertCaseMedia, lockIncident } from '../store/cases.ts'
import { claimPhotos, type PhotoRow, postponePhoto, settlePhoto } from '../store/photos.ts'

const BATCH = 10
const MINUTE_MS = 60_000
/** Longer than one run of a batch can take. */
const CLAIM_MS = 10 * MINUTE_MS
/** Minutes from each try to the next; a partner's page that is down comes back within a day. */
const WAITS = [1, 10, 60, 480] as const

/**
 * Brings photos that partners named by an address: they become photos like any other, without metadata, private until
 * the case is accepted. What cannot be had is left to officials as a link with the reason. Returns how many it settled.
 */
export async function fetchPartnerPhotos(ctx: Ctx): Promise<number> {
  const now = ctx.now()
  const until = new Date(now.getTime() + CLAIM_MS)
  let settled = 0
  for (const photo of await claimPhotos(ctx.db, { now, until, limit: BATCH })) {
    try {
      settled += Number(await takePhoto(ctx, photo))
    } catch (error) {
      ctx.log.error('incidents.partner_photo_failed', { incidentId: photo.incidentId, error })
    }
  }
  return settled
}

async function takePhoto(ctx: Ctx, photo: PhotoRow): Promise<boolean> {
  const fetchPhoto = ctx.ports.fetchPhoto
  if (fetchPhoto === null) return leaveLink(ctx, photo, 'fetching_off')
  const found = await fetchPhoto(photo.url)
  if (found.kind === 'file') return keepPhoto(ctx, photo, found.bytes)
  const wait = WAITS[photo.tries - 1]
  if (found.kind === 'failed' || wait === undefined) return leaveLink(ctx, photo, found.code)
  await postponePhoto(ctx.db, photo, new Date(ctx.now().getTime() + wait * MINUTE_MS))
  return false
}

async function keepPhoto(ctx: Ctx, photo: PhotoRow, bytes: Uint8Array): Promise<boolean> {
  let media: MediaRef
  try {
    media = await uploadMedia(ctx, { bytes })
  } catch (error) {
    if (error instanceof AppError) return leaveLink(ctx, photo, error.code)
    throw error
  }
  return inTransaction(ctx, async (tx) => {
    const incident = await lockIncident(tx.db, photo.incidentId)
    if (incident === undefined || !(await settlePhoto(tx.db, photo, 'done'))) return false
    const had = (await findCaseMedia(tx.db, [incident.id])).filter((one) => one.role === 'report')
    // Sent over years by updates; the upload goes with the orphans.
    if (had.length >= MAX_CASE_PHOTOS || incident.purgedAt !== null) return true
    const attached = await attachMedia(tx, { media: [media], attachedTo: incident.id })
    const ids = attached.map((one) => one.mediaId)
    await insertCaseMedia(tx.db, incident.id, 'report', ids, had.length)
    await notePhotos(tx, incident, ids.length)
    return true
  })
}

/** Officials read the address and why it is no photo. */
async function leaveLink(ctx: Ctx, photo: PhotoRow, code: string): Promise<boolean> {
  return inTransaction(ctx, async (tx) => {
    const incident = await lockIncident(tx.db, photo.incidentId)
    if (incident === undefined || !(await settlePhoto(tx.db, photo, 'failed'))) return false
    if (incident.purgedAt !== null) return true
    const comment = tx.t('incidents:open311.photo_link', { url: photo.url, code })
    await recordNote(tx, incident, 'partner_comment', { comment })
    await auditCase(tx, incident, { action: 'incident.partner_photo_failed', data: { code } })
    return true
  })
}
