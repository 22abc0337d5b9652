import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newTypedCode, readTypedCode } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { deliver } from '../../delivery/index.ts'
import { requireSelf } from '../../identity/index.ts'
import { takenMessage } from '../messages/told.ts'
import { DELEGATION_SIGNS as SIGNS } from '../policy/delegation.ts'
import type { EndDelegation, FollowedView } from '../schema.ts'
import {
  deleteRelatives,
  deleteUntaken,
  insertDelegation,
  spendDelegation,
} from '../store/delegations.ts'
import { findDossier, findDossiersById } from '../store/dossiers.ts'
import { findFollow } from '../store/follows.ts'
import { type Agreed, requireNotify } from './consent.ts'
import { addFollow, listFollowed } from './follow.ts'
import type { Looker } from './look-up.ts'

const DELEGATION_MS = 24 * 3_600_000
const DELEGATION_TRIES = 5
const TRIES_SECONDS = 900

const delegationHash = (ctx: Ctx, signs: string) => ctx.ports.sign('dossier-delegation', signs)

/**
 * A code with which a relative may follow this dossier as its owner does: once, 24 hours. Only who proved the second
 * factor may give it, and ends it by `endDelegation` or by no longer following. Throws `dossiers.not_found`.
 */
export async function delegateDossier(
  ctx: Ctx,
  input: { residentId: string; code: string },
): Promise<{ code: string; expiresAt: string }> {
  const { residentId } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const row = await findDossier(tx.db, input.code)
    const follow = row && (await findFollow(tx.db, { dossierId: row.id, residentId }))
    if (row === undefined || follow?.level !== 'full' || follow.delegatedBy !== null)
      throw new AppError('dossiers.not_found')
    const signs = newTypedCode(SIGNS, tx.ports.random)
    const now = tx.now()
    const expiresAt = new Date(now.getTime() + DELEGATION_MS)
    await insertDelegation(tx.db, {
      codeHash: await delegationHash(tx, signs),
      dossierId: row.id,
      fromResidentId: residentId,
      createdAt: now,
      expiresAt,
    })
    await audit(tx, {
      action: 'dossiers.delegation_made',
      subjectKind: 'dossier',
      subjectId: row.id,
      data: { residentId },
    })
    return { code: `${signs.slice(0, 4)}-${signs.slice(4)}`, expiresAt: expiresAt.toISOString() }
  })
}

/**
 * A relative takes up a delegation, and its owner is told. All that they follow now, the taken one first. Wrong, used and
 * expired codes are alike `dossiers.delegation_unknown`; five tries, then a pause.
 */
export async function acceptDelegation(
  ctx: Ctx,
  input: { residentId: string; delegation: string; agreed?: Agreed },
  looker: Looker,
): Promise<FollowedView[]> {
  const { residentId, delegation, agreed } = input
  requireSelf(ctx, residentId)
  for (const key of [`p:${residentId}`, `r:${looker.remote}`]) {
    const taken = await ctx.ports.limits.take(
      `dossiers.delegation:${key}`,
      key.startsWith('p:') ? DELEGATION_TRIES : 10 * DELEGATION_TRIES,
      TRIES_SECONDS,
    )
    if (taken.ok) continue
    const minutes = Math.ceil(taken.retryAfterSeconds / 60)
    const { retryAfterSeconds } = taken
    throw new AppError('dossiers.too_many_tries', { params: { minutes }, retryAfterSeconds })
  }
  return inTransaction(ctx, async (tx) => {
    await requireNotify(tx, residentId, agreed)
    const signs = readTypedCode(delegation, SIGNS)
    const hash = signs === undefined ? '' : await delegationHash(tx, signs)
    const spent = await spendDelegation(tx.db, hash, tx.now())
    const [row] = spent === undefined ? [] : await findDossiersById(tx.db, [spent.dossierId])
    if (spent === undefined || row === undefined) throw new AppError('dossiers.delegation_unknown')
    const delegatedBy = spent.fromResidentId
    if (await addFollow(tx, { row, residentId, level: 'full', delegatedBy }))
      await deliver(tx, {
        residentId: delegatedBy,
        kind: 'dossier_step',
        lane: 'notice',
        message: (language) => takenMessage(tx.translate(language), row),
        dedupeKey: `dossier:${row.id}:taken:${hash}`,
      })
    const all = await listFollowed(tx, { residentId })
    const isTaken = ({ dossier }: FollowedView) => dossier.code === row.code
    return [...all.filter(isTaken), ...all.filter((one) => !isTaken(one))]
  })
}

/**
 * Its owner lets a relative (by the id in `FollowedView`) follow a dossier no longer, or takes back the codes that nobody
 * took, or both from everybody. False when there was nothing to end. A relative ends their own by `unfollowDossier`.
 */
export async function endDelegation(
  ctx: Ctx,
  input: { residentId: string; code: string; which: EndDelegation['which'] },
): Promise<boolean> {
  const { residentId, code, which } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const row = await findDossier(tx.db, code)
    if (row === undefined) return false
    const from = { dossierId: row.id, fromResidentId: residentId }
    const id = which === 'all' ? undefined : which
    const relatives = which === 'codes' ? 0 : await deleteRelatives(tx.db, from, id)
    const codes = which === 'all' || which === 'codes' ? await deleteUntaken(tx.db, from) : 0
    if (relatives + codes === 0) return false
    await audit(tx, {
      action: 'dossiers.delegation_ended',
      subjectKind: 'dossier',
      subjectId: row.id,
      data: { residentId, relatives, codes },
    })
    return true
  })
}
