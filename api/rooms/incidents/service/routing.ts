import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { findAgency } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { isKindOf } from '../data/kinds.ts'
import { SaveRoute } from '../schema.ts'
import { type RouteRow, upsertRoute } from '../store/cases.ts'

/** Sends a category (or one kind of it) in a unit (or, with null, everywhere else) to an agency. Throws `incidents.agency_unknown`. */
export async function saveRoute(ctx: Ctx, input: SaveRoute): Promise<RouteRow> {
  requireCan(ctx, 'areas.manage')
  const { category, kind, unitCode, agencyCode, dueInWorkingDays } = parseInput(SaveRoute, input)
  if (kind !== null && !isKindOf(category, kind))
    throw new AppError('http.invalid_input', { issues: [{ path: 'kind', code: 'invalid_value' }] })
  return inTransaction(ctx, async (tx) => {
    if ((await findAgency(tx.db, agencyCode)) === undefined)
      throw new AppError('incidents.agency_unknown', { params: { agency: agencyCode } })
    const id = tx.newId()
    const route = { category, kind, unitCode, agencyCode, dueInWorkingDays }
    const saved = await upsertRoute(tx.db, { ...route, id })
    await audit(tx, {
      action: 'incident.save_route',
      subjectKind: 'incident_route',
      subjectId: saved.id,
      fields: ['agencyCode', 'dueInWorkingDays'],
      data: route,
    })
    return saved
  })
}
