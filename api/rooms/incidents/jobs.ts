import type { Ctx } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { CLOSES_AFTER_DAYS, INFO_LAPSES_AFTER_DAYS, type SystemMove } from './policy/moves.ts'
import { applyMove } from './service/move.ts'
import { findWaiting, lockIncident } from './store/cases.ts'

const BATCH = 500
const DAY_MS = 86_400_000

type Wait = { state: 'answered' | 'needs_info'; days: number; move: SystemMove }

/** Moves what has waited long enough, each case in its own transaction; one that fails does not hold up the rest. */
async function sweep(ctx: Ctx, { state, days, move }: Wait): Promise<number> {
  const before = new Date(ctx.now().getTime() - days * DAY_MS)
  let moved = 0
  for (const { id } of await findWaiting(ctx.db, { state, before, limit: BATCH })) {
    try {
      await inTransaction(ctx, async (tx) => {
        const incident = await lockIncident(tx.db, id)
        if (incident?.state === state) await applyMove(tx, incident, move, 'system')
      })
      moved += 1
    } catch (error) {
      ctx.log.error('incidents.sweep_failed', { incidentId: id, move: move.kind, error })
    }
  }
  return moved
}

/** Closes cases that were answered ten days ago and not objected to; returns how many. */
export const closeAnswered = (ctx: Ctx): Promise<number> =>
  sweep(ctx, { state: 'answered', days: CLOSES_AFTER_DAYS, move: { kind: 'close' } })

/** Refuses cases whose question nobody answered for seven days; returns how many. */
export const lapseUnanswered = (ctx: Ctx): Promise<number> =>
  sweep(ctx, { state: 'needs_info', days: INFO_LAPSES_AFTER_DAYS, move: { kind: 'lapse' } })
