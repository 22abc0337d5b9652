import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { Reach } from '../../identity/index.ts'
import { addCounts, movedFrom, sumOf } from '../store/counts.ts'
import { lockDispatch, saveDispatch } from '../store/dispatch.ts'
import { countFailures, type Failure, requeueRefused } from '../store/retry.ts'
import { requireDesk } from './dispatch.ts'

/** Which messages of a dispatch channels refused, by channel and their code, the most first. */
export async function listFailures(
  ctx: Ctx,
  { dispatchId, reach }: { dispatchId: string; reach: Reach },
): Promise<Failure[]> {
  requireDesk(ctx)
  return countFailures(ctx.db, dispatchId, reach)
}

/**
 * Sends refused messages once more; how many. Nobody is tried who may have it already, left, or no longer wants it, and
 * nothing after its expiry or a cancel (`http.conflict`).
 */
export async function retryFailures(
  ctx: Ctx,
  { dispatchId }: { dispatchId: string },
): Promise<number> {
  requireDesk(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await lockDispatch(tx.db, dispatchId)
    if (row === undefined) throw new AppError('http.not_found')
    const now = tx.now()
    const isOver = row.expiresAt !== null && Date.parse(row.expiresAt) <= now.getTime()
    if (isOver || (row.state !== 'running' && row.state !== 'done'))
      throw new AppError('http.conflict')
    const moved = await requeueRefused(tx.db, row, now)
    const n = sumOf(moved)
    if (n === 0) return 0
    await addCounts(tx.db, dispatchId, movedFrom('rejected', moved))
    await saveDispatch(tx.db, dispatchId, { state: 'running', updatedAt: now })
    await audit(tx, {
      action: 'delivery.dispatch_retried',
      subjectKind: 'dispatch',
      subjectId: dispatchId,
      data: { recipients: n },
    })
    tx.afterCommit(() => tx.ports.wake('outbox'))
    return n
  })
}
