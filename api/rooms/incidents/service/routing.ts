import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { findAgency } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { SaveRoute } from '../schema.ts'
import { type RouteRow, upsertRoute } from '../store.ts'

/** Sends a category in a unit (or, with null, everywhere else) to an agency. Throws `incidents.agency_unknown`. */
export async function saveRoute(ctx: Ctx, input: SaveRoute): Promise<RouteRow> {
  requireCan(ctx, 'areas.manage')
  const { category, unitCode, agencyCode, dueInWorkingDays } = parseInput(SaveRoute, input)
  return inTransaction(ctx, async (tx) => {
    if ((await findAgency(tx.db, agencyCode)) === undefined)
      throw new AppError('incidents.agency_unknown', { params: { agency: agencyCode } })
    const id = tx.newId()
    const saved = await upsertRoute(tx.db, { id, category, unitCode, agencyCode, dueInWorkingDays })
    await audit(tx, {
      action: 'incident.save_route',
      subjectKind: 'incident_route',
      subjectId: saved.id,
      fields: ['agencyCode', 'dueInWorkingDays'],
      data: { category, unitCode, agencyCode, dueInWorkingDays },
    })
    return saved
  })
}
