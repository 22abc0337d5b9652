import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { isOpen } from '../policy/table.ts'
import type { OwnIncident } from '../schema.ts'
import { AddToOwn } from '../schema-follow.ts'
import { findCaseMedia, type IncidentRow, insertCaseMedia, lockIncident } from '../store/cases.ts'
import { listenerOf, raiseAttention } from './attention.ts'
import { applyMove } from './move.ts'
import { lockOwn, viewOne } from './own.ts'
import { auditCase, recordNote } from './record.ts'

/** All photos of a sender in one case. */
export const MAX_CASE_PHOTOS = 10

/**
 * Words or photos from the sender of an open case: kept with it, shown to the desk, put before whoever has the case. When
 * the office had asked for something, this is the answer and the case goes on. Photos stay private. Throws
 * `incidents.not_found`, `incidents.bad_transition` once it is over, `files.too_many`, `files.not_found`.
 */
export async function addToOwn(
  ctx: Ctx,
  input: AddToOwn,
  via: { conversationKey?: string } = {},
): Promise<OwnIncident> {
  const { text, media = [], ...given } = parseInput(AddToOwn, input)
  return inTransaction(ctx, async (tx) => {
    const incident = await lockOwn(tx, given)
    if (!isOpen(incident.state))
      throw new AppError('incidents.bad_transition', {
        params: { from: incident.state, move: 'add' },
      })
    const photos = await keepPhotos(tx, incident, media, via.conversationKey)
    if (incident.state === 'needs_info') {
      const words = text ?? tx.t('incidents:added.photos', { count: photos })
      await applyMove(tx, incident, { kind: 'give_info', text: words }, 'reporter')
    } else if (text !== undefined) await note(tx, incident, 'comment', { text })
    return viewOne(tx, (await lockIncident(tx.db, incident.id)) ?? incident)
  })
}

async function keepPhotos(
  tx: Ctx,
  incident: IncidentRow,
  media: readonly { mediaId: string; uploadSecret?: string | undefined }[],
  conversationKey: string | undefined,
): Promise<number> {
  if (media.length === 0) return 0
  const had = (await findCaseMedia(tx.db, [incident.id])).filter((one) => one.role === 'report')
  const isNew = (id: string) => !had.some((one) => one.mediaId === id)
  if (had.length + media.filter((one) => isNew(one.mediaId)).length > MAX_CASE_PHOTOS)
    throw new AppError('files.too_many', { params: { max: MAX_CASE_PHOTOS } })
  const attached = await attachMedia(tx, { media, conversationKey, attachedTo: incident.id })
  const ids = attached.map((one) => one.mediaId)
  await insertCaseMedia(tx.db, incident.id, 'report', ids, had.length)
  const added = ids.filter(isNew).length
  if (added > 0) await notePhotos(tx, incident, added)
  return added
}

/** Notes that photos came later, for whoever has the case. */
export const notePhotos = (tx: Ctx, incident: IncidentRow, photos: number): Promise<void> =>
  note(tx, incident, 'photos', { photos })

async function note(
  tx: Ctx,
  incident: IncidentRow,
  kind: 'comment' | 'photos',
  data: { text: string } | { photos: number },
): Promise<void> {
  const key = await recordNote(tx, incident, kind, data)
  await auditCase(tx, incident, { action: `incident.add_${kind}` })
  await raiseAttention(tx, incident, { kind, recipient: listenerOf(incident), key })
}
