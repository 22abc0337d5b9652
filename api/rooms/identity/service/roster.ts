import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { can, requireCan, requireOfficial } from '../policy.ts'
import { type Colleague, NewShift, type Shift } from '../schema-officials.ts'
import { findOfficialById } from '../store/officials.ts'
import { findColleagues } from '../store/people.ts'
import { deleteShift, findShift, findShifts, insertShift, type ShiftRow } from '../store/roster.ts'
import { readSpan } from './span.ts'

const HOUR_MS = 3_600_000
/** Nobody watches longer at a stretch; longer duties are several shifts. */
const LONGEST_MS = 36 * HOUR_MS

const toShift = ({ id, officialId, displayName, unitCode, startsAt, endsAt }: ShiftRow): Shift => ({
  id,
  officialId,
  displayName,
  unitCode,
  startsAt,
  endsAt,
})

/** Puts somebody with the capability `duty` on the roster of their unit. Throws `http.not_found`, `http.forbidden`. */
export async function addShift(ctx: Ctx, input: NewShift): Promise<Shift> {
  requireCan(ctx, 'identity.manage_roster')
  const { officialId, ...span } = parseInput(NewShift, input)
  const { startsAt, endsAt } = readSpan(span, LONGEST_MS)
  return inTransaction(ctx, async (tx) => {
    const row = await findOfficialById(tx.db, officialId)
    const isFit = row !== undefined && row.disabledAt === null && row.capabilities.includes('duty')
    if (!isFit) throw new AppError('http.not_found')
    const { unitCode, displayName } = row
    requireCan(tx, 'identity.manage_roster', { unitCode })
    const shift = { id: tx.newId(), officialId, unitCode, startsAt, endsAt }
    await insertShift(tx.db, { ...shift, createdAt: tx.now() })
    await audit(tx, {
      action: 'identity.shift_added',
      subjectKind: 'duty_shift',
      subjectId: shift.id,
      data: { officialId, unitCode },
    })
    const [from, to] = [startsAt.toISOString(), endsAt.toISOString()]
    return { ...shift, displayName, startsAt: from, endsAt: to }
  })
}

/** Takes a shift from the roster. Throws `http.not_found`. */
export async function removeShift(ctx: Ctx, input: { shiftId: string }): Promise<void> {
  requireCan(ctx, 'identity.manage_roster')
  await inTransaction(ctx, async (tx) => {
    const shift = await findShift(tx.db, input.shiftId)
    if (shift === undefined) throw new AppError('http.not_found')
    requireCan(tx, 'identity.manage_roster', { unitCode: shift.unitCode })
    await deleteShift(tx.db, shift.id)
    await audit(tx, {
      action: 'identity.shift_removed',
      subjectKind: 'duty_shift',
      subjectId: shift.id,
      data: { officialId: shift.officialId, unitCode: shift.unitCode },
    })
  })
}

/** The roster of a span as a colleague sees it: the own unit's, or everybody's for whoever keeps it everywhere. */
export async function listShifts(ctx: Ctx, span: { from: Date; to: Date }): Promise<Shift[]> {
  const { unitCode } = requireOfficial(ctx)
  const seesAll = can(ctx.actor, 'identity.manage_roster') && unitCode === null
  return (await findShifts(ctx.db, seesAll ? span : { ...span, unitCode })).map(toShift)
}

/** Who watches a unit now, for rooms that must wake somebody. */
export async function findOnDuty(ctx: Ctx, unitCode: string | null): Promise<Shift[]> {
  const from = ctx.now()
  const to = new Date(from.getTime() + 1)
  return (await findShifts(ctx.db, { from, to, unitCode })).map(toShift)
}

/** Colleagues of the own unit, by name. */
export async function listColleagues(ctx: Ctx): Promise<Colleague[]> {
  const { unitCode } = requireOfficial(ctx)
  const rows = await findColleagues(ctx.db, unitCode)
  return rows.map(({ id, displayName, capabilities }) => ({
    id,
    displayName,
    isOnDutyList: capabilities.includes('duty'),
  }))
}
