import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { listFailures, retryFailures } from '../../delivery/index.ts'
import { reachOf } from '../../identity/index.ts'
import type { NoticeFailures } from '../schema.ts'
import { note, open } from './draft.ts'

/** What channels refused of a notice, by channel and code; nobody is named. Throws `notices.not_found`. */
export async function readFailures(ctx: Ctx, id: string): Promise<NoticeFailures> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await open(tx, id)
    if (row.dispatchId === null) return { groups: [] }
    const reach = reachOf(tx.actor, 'notices.draft')
    return { groups: await listFailures(tx, { dispatchId: row.dispatchId, reach }) }
  })
}

/**
 * Sends once more what channels refused, exactly as it was released; how many. Throws `notices.not_found`,
 * `notices.bad_step` (withdrawn, or not sent yet), `http.conflict` when it is over.
 */
export async function retryNotice(ctx: Ctx, id: string): Promise<{ recipients: number }> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await open(tx, id)
    if (row.state !== 'released' || row.dispatchId === null) throw new AppError('notices.bad_step')
    const recipients = await retryFailures(tx, { dispatchId: row.dispatchId })
    if (recipients > 0) await note(tx, id, 'notices.retried', { recipients })
    return { recipients }
  })
}
