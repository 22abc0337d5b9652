import type { Ctx } from '../../context.ts'
import { consumeEvents } from '../../db/events.ts'
import { keptUntil } from '../../db/retention.ts'
import { inTransaction } from '../../db/transaction.ts'
import { discardMedia } from '../../files/index.ts'
import { tellRound } from './service/tell.ts'
import { findDueRounds, forgetSenders, lockDueRound, moveResident } from './store.ts'

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

/** Calls follow what identity decided about people; a call that goes on keeps its place until it has ended. */
export const followResidents = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'sos', async (tx, { kind, subjectId, data }) => {
    if (kind === 'identity.residents_joined')
      await moveResident(tx.db, String(data.from), subjectId)
    if (kind !== 'identity.resident_erased') return
    await forget(tx, { residentId: subjectId })
    await moveResident(tx.db, subjectId, null)
  })

/** Daily: a term after its end (half a year as it ships) a call no longer leads to its sender; how many. */
export const purgeCalls = async (ctx: Ctx): Promise<number> =>
  forget(ctx, { endedBefore: await keptUntil(ctx, 'calls') })

const forget = (ctx: Ctx, which: Parameters<typeof forgetSenders>[1]): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    const { calls, mediaIds } = await forgetSenders(tx.db, which)
    await discardMedia(tx, mediaIds)
    return calls
  })
