import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { type LadderStep, SHIPPED_LADDER } from '../data/ladder.ts'
import { type LadderView, SaveLadder } from '../schema-desk.ts'
import { findLadder, findLaterLadders, replaceLadder } from '../store/attention.ts'

const stepsOf = (rows: readonly LadderStep[]): LadderView['steps'] =>
  rows.map(({ afterWorkingDays, recipient }) => ({ afterWorkingDays, recipient }))

/** The ladder that works today, and those that are dated for later. Throws `http.unauthenticated`, `http.forbidden`. */
export async function listLadders(ctx: Ctx): Promise<LadderView[]> {
  requireCan(ctx, 'areas.manage')
  const today = localDate(ctx.now())
  const own = await findLadder(ctx.db, today)
  const now: LadderView = {
    validFrom: own[0]?.validFrom ?? null,
    isNow: true,
    steps: stepsOf(own.length === 0 ? SHIPPED_LADDER : own),
  }
  const later = Map.groupBy(await findLaterLadders(ctx.db, today), (row) => row.validFrom)
  return [
    now,
    ...[...later].map(([validFrom, rows]) => ({ validFrom, isNow: false, steps: stepsOf(rows) })),
  ]
}

/**
 * Dates a ladder of the installation's own; the same day again replaces it. Steps that a case has taken are not taken
 * again. Throws `http.invalid_input`, also for a day that is over.
 */
export async function saveLadder(ctx: Ctx, input: SaveLadder): Promise<SaveLadder> {
  requireCan(ctx, 'areas.manage')
  const ladder = parseInput(SaveLadder, input)
  if (ladder.validFrom < localDate(ctx.now()))
    throw new AppError('http.invalid_input', {
      issues: [{ path: 'validFrom', code: 'invalid_value' }],
    })
  return inTransaction(ctx, async (tx) => {
    await replaceLadder(
      tx.db,
      ladder.validFrom,
      ladder.steps.map((step, i) => ({ ...step, step: i + 1 })),
    )
    await audit(tx, {
      action: 'incident.save_ladder',
      subjectKind: 'incident_ladder',
      subjectId: ladder.validFrom,
      data: {
        steps: ladder.steps.map((step) => `${step.afterWorkingDays} ${step.recipient}`).join(', '),
      },
    })
    return ladder
  })
}
