import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { redactMedia } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { RedactPhoto } from '../schema-desk.ts'
import { findCaseMedia, findIncident, lockIncident } from '../store/cases.ts'
import { auditCase } from './record.ts'

/**
 * Covers faces and plates on a photo of a case: from then on everybody but the officials of the case sees it so, also
 * under links that were given before. The photo as it came is kept as long as the sender's name. Throws
 * `incidents.not_found`, `files.not_found` for a photo of another case, `http.conflict`, `files.cannot_redact`.
 */
export async function redactPhoto(ctx: Ctx, input: RedactPhoto): Promise<{ mediaId: string }> {
  requireCan(ctx, 'incidents.redact')
  const { id, mediaId, boxes, seenAt } = parseInput(RedactPhoto, input)
  const seen = await findIncident(ctx.db, id)
  if (seen === undefined) throw new AppError('incidents.not_found')
  requireCan(ctx, 'incidents.redact', seen)
  const media = await findCaseMedia(ctx.db, [id])
  if (!media.some((one) => one.mediaId === mediaId)) throw new AppError('files.not_found')
  await redactMedia(ctx, { mediaId, boxes, seenAt }, async (tx) => {
    const incident = await lockIncident(tx.db, id)
    if (incident === undefined) throw new AppError('incidents.not_found')
    requireCan(tx, 'incidents.redact', incident)
    await auditCase(tx, incident, { action: 'incident.redact', data: { boxes: boxes.length } })
  })
  return { mediaId }
}
