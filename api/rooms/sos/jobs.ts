import type { Ctx } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { tellRound } from './service/tell.ts'
import { findDueRounds, lockDueRound } from './store.ts'

const AT_ONCE = 100

/**
 * Goes round again over everybody on duty for each call that nobody took and whose time has come; several processes
 * share them, and each round happens once. One that fails does not hold up the rest. How many rounds were made.
 */
export async function tellDueRounds(ctx: Ctx): Promise<number> {
  let made = 0
  for (const id of await findDueRounds(ctx.db, ctx.now(), AT_ONCE)) {
    try {
      made += await inTransaction(ctx, async (tx) => {
        const row = await lockDueRound(tx.db, id, tx.now())
        if (row === undefined) return 0
        await tellRound(tx, row)
        return 1
      })
    } catch (error) {
      ctx.log.error('sos.round_failed', { caseId: id, error })
    }
  }
  return made
}
