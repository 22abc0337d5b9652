import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireOfficial } from '../policy.ts'
import { type Delegation, NewDelegation } from '../schema-officials.ts'
import { findHeld } from '../store/factors.ts'
import { findOfficialById } from '../store/officials.ts'
import { findDelegations, insertDelegation, revokeDelegationRow } from '../store/roster.ts'
import { readSpan } from './span.ts'

const DAY_MS = 86_400_000
/** A leave, not a change of office: that is a role. */
const LONGEST_MS = 60 * DAY_MS

/**
 * An approver lets a colleague of the same unit approve in their place for a while. Only a role of one's own can be
 * given, not one that was lent. Throws `http.forbidden`, `http.not_found`, and `identity.second_factor_needed` when the
 * colleague has none.
 */
export async function delegateApproval(ctx: Ctx, input: NewDelegation): Promise<void> {
  const actor = requireOfficial(ctx)
  const { toOfficialId, ...span } = parseInput(NewDelegation, input)
  const { startsAt, endsAt } = readSpan(span, LONGEST_MS)
  await inTransaction(ctx, async (tx) => {
    const giver = await findOfficialById(tx.db, actor.officialId)
    if (giver === undefined || !giver.roles.includes('approver'))
      throw new AppError('http.forbidden')
    const taker = await findOfficialById(tx.db, toOfficialId)
    const isColleague =
      taker !== undefined &&
      taker.id !== giver.id &&
      taker.disabledAt === null &&
      taker.unitCode === giver.unitCode
    if (!isColleague) throw new AppError('http.not_found')
    const { hasTotp, passkeys } = await findHeld(tx.db, taker.id)
    if (!tx.settings.isDemo && !hasTotp && passkeys === 0)
      throw new AppError('identity.second_factor_needed')
    const id = tx.newId()
    const fromOfficialId = giver.id
    const createdAt = tx.now()
    await insertDelegation(tx.db, { id, fromOfficialId, toOfficialId, startsAt, endsAt, createdAt })
    await audit(tx, {
      action: 'identity.approval_delegated',
      subjectKind: 'approval_delegation',
      subjectId: id,
      data: { toOfficialId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    })
  })
}

/** Ends a delegation of one's own at once. Throws `http.not_found`. */
export async function revokeDelegation(ctx: Ctx, input: { delegationId: string }): Promise<void> {
  const { officialId } = requireOfficial(ctx)
  await inTransaction(ctx, async (tx) => {
    const own = { id: input.delegationId, fromOfficialId: officialId }
    if (!(await revokeDelegationRow(tx.db, own, tx.now()))) throw new AppError('http.not_found')
    await audit(tx, {
      action: 'identity.delegation_revoked',
      subjectKind: 'approval_delegation',
      subjectId: input.delegationId,
    })
  })
}

/** Delegations that one gave or got, now and later. */
export async function listDelegations(ctx: Ctx): Promise<Delegation[]> {
  const { officialId } = requireOfficial(ctx)
  const rows = await findDelegations(ctx.db, officialId, ctx.now())
  return rows.map(({ id, fromName, toName, fromOfficialId, startsAt, endsAt }) => ({
    id,
    from: fromName,
    to: toName,
    isMine: fromOfficialId === officialId,
    startsAt,
    endsAt,
  }))
}
