import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
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
import { reachOf, requireCan, requireOfficial, ViewPerson } from '../../identity/index.ts'
import { type AlertRow, findAlert } from '../store.ts'

async function issued(ctx: Ctx, id: string): Promise<AlertRow> {
  const row = isUuid(id) ? await findAlert(ctx.db, id) : undefined
  if (row?.state !== 'issued') throw new AppError('alerts.not_found')
  return row
}

/**
 * How many do not have a warning, by hamlet and reason, and how many opened it in the inbox: of the official's own unit,
 * also when a river or another commune warned. Nobody is named. Throws `alerts.not_found`.
 */
export async function readUnreached(ctx: Ctx, id: string): Promise<UnreachedSummary> {
  requireCan(ctx, 'alerts.draft')
  requireOfficial(ctx)
  const { dispatchId } = await issued(ctx, id)
  if (dispatchId === null) return { groups: [], readers: 0 }
  const of = { dispatchId, reach: reachOf(ctx.actor, 'alerts.draft') }
  return { groups: await sizeUnreached(ctx, of), readers: await sizeReaders(ctx, of) }
}

/**
 * Who does not have a warning, to be called or fetched: for holders of `identity_viewer`, of their unit, with a reason, and
 * never without a row of the audit. Throws `alerts.not_found`, `alerts.bad_step`, `http.forbidden`, `http.invalid_input`.
 */
export async function readCallList(
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<CallList> {
  requireCan(ctx, 'alerts.draft')
  requireCan(ctx, 'identity.view_reporter')
  requireOfficial(ctx)
  const { reason } = parseInput(ViewPerson, { reason: input.reason })
  return inTransaction(ctx, async (tx) => {
    const { id, dispatchId } = await issued(tx, input.id)
    if (dispatchId === null) throw new AppError('alerts.bad_step')
    const reach = reachOf(tx.actor, 'identity.view_reporter')
    const list = await listUnreached(tx, { dispatchId, reach })
    await audit(tx, {
      action: 'alerts.call_list_viewed',
      subjectKind: 'alert',
      subjectId: id,
      data: { reason, people: list.people.length },
    })
    return list
  })
}
