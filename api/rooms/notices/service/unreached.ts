import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import {
  type CallList,
  listUnreached,
  sizeReaders,
  sizeUnreached,
  type UnreachedSummary,
} from '../../delivery/index.ts'
import { reachOf, requireCan, ViewPerson } from '../../identity/index.ts'
import { open } from './draft.ts'

/** How many do not have a notice, by hamlet and reason, and how many opened it in the inbox, as far as the official reaches; nobody is named. */
export async function readUnreached(ctx: Ctx, id: string): Promise<UnreachedSummary> {
  return inTransaction(ctx, async (tx) => {
    const { row } = await open(tx, id)
    if (row.dispatchId === null) return { groups: [], readers: 0 }
    const reach = reachOf(tx.actor, 'notices.draft')
    const of = { dispatchId: row.dispatchId, reach }
    return { groups: await sizeUnreached(tx, of), readers: await sizeReaders(tx, of) }
  })
}

/**
 * Who does not have a notice, to be called or visited: for holders of `identity_viewer`, in their unit, with a reason,
 * and never without a row of the audit. Throws `notices.not_found`, `http.forbidden`, `http.invalid_input`.
 */
export async function readCallList(
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<CallList> {
  requireCan(ctx, 'notices.draft')
  requireCan(ctx, 'identity.view_reporter')
  const { reason } = parseInput(ViewPerson, { reason: input.reason })
  return inTransaction(ctx, async (tx) => {
    const { row } = await open(tx, input.id)
    requireCan(tx, 'identity.view_reporter', { unitCode: row.unitCode })
    if (row.dispatchId === null) throw new AppError('notices.bad_step')
    const reach = reachOf(tx.actor, 'identity.view_reporter')
    const list = await listUnreached(tx, { dispatchId: row.dispatchId, reach })
    await audit(tx, {
      action: 'notices.call_list_viewed',
      subjectKind: 'notice',
      subjectId: row.id,
      data: { reason, people: list.people.length },
    })
    return list
  })
}
