import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { AddNote } from '../schema-desk.ts'
import { findIncident } from '../store/cases.ts'
import { auditCase, recordNote } from './record.ts'

/** A remark for the desk: never public, never told, no step of the case. Throws `incidents.not_found`, `http.forbidden`. */
export async function addNote(ctx: Ctx, input: AddNote): Promise<{ id: string }> {
  requireCan(ctx, 'incidents.read_desk')
  const { id, text } = parseInput(AddNote, input)
  return inTransaction(ctx, async (tx) => {
    const incident = await findIncident(tx.db, id)
    if (incident === undefined) throw new AppError('incidents.not_found')
    requireCan(tx, 'incidents.read_desk', incident)
    await recordNote(tx, incident, 'note', { text })
    await auditCase(tx, incident, { action: 'incident.note' })
    return { id: incident.id }
  })
}
