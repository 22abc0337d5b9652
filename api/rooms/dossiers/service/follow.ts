import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newTypedCode } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { requireSelf } from '../../identity/index.ts'
import type { FollowedView } from '../schema.ts'
import { type DossierRow, findDossier, findDossiersById } from '../store/dossiers.ts'
import {
  deleteFollow,
  findFollow,
  insertDelegation,
  listFollows,
  saveFollow,
  spendDelegation,
} from '../store/follows.ts'
import { type Agreed, requireNotify } from './consent.ts'
import { type Looker, openDossier, readOwnCode } from './look-up.ts'
import { viewDossier } from './view.ts'

/** More dossiers than one household has; bounds one person's rows. */
const MAX_FOLLOWS = 30
const DELEGATION_MS = 24 * 3_600_000
const DELEGATION_TRIES = 5
const TRIES_SECONDS = 900

async function addFollow(
  tx: Ctx,
  follow: { row: DossierRow; residentId: string; level: 'public' | 'full'; delegatedBy?: string },
): Promise<boolean> {
  const { row, residentId, level, delegatedBy } = follow
  const known = await listFollows(tx.db, residentId)
  const isKnown = known.some(({ dossier }) => dossier.id === row.id)
  if (!isKnown && known.length >= MAX_FOLLOWS)
    throw new AppError('dossiers.too_many_follows', { params: { max: MAX_FOLLOWS } })
  const isChanged = await saveFollow(tx.db, {
    id: tx.newId(),
    dossierId: row.id,
    residentId,
    level,
    delegatedBy: delegatedBy ?? null,
    toldVersion: row.version,
    createdAt: tx.now(),
  })
  if (isChanged)
    await audit(tx, {
      action: 'dossiers.followed',
      subjectKind: 'dossier',
      subjectId: row.id,
      data: { residentId, level, delegatedBy: delegatedBy ?? null },
    })
  return isChanged
}

/**
 * Follows a dossier: one message a change. With the right digits messages also name details; without them public facts
 * only. Needs consent to `notify`, held or given now. Throws as `openDossier`, `dossiers.too_many_follows`. True when
 * something changed.
 */
export async function followDossier(
  ctx: Ctx,
  input: { residentId: string; code: string; digits?: string; agreed?: Agreed },
  looker: Looker,
): Promise<boolean> {
  const { residentId, digits, agreed } = input
  requireSelf(ctx, residentId)
  const read = readOwnCode(ctx, input.code)
  if ('answer' in read) throw new AppError('dossiers.not_found')
  return inTransaction(ctx, async (tx) => {
    await requireNotify(tx, residentId, agreed)
    const row = await openDossier(tx, read.code, digits, looker)
    return addFollow(tx, { row, residentId, level: digits === undefined ? 'public' : 'full' })
  })
}

/** Ends a follow, and those that this person let in. False when there was none. */
export async function unfollowDossier(
  ctx: Ctx,
  input: { residentId: string; code: string },
): Promise<boolean> {
  const { residentId, code } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const row = await findDossier(tx.db, code)
    const ended =
      row === undefined ? 0 : await deleteFollow(tx.db, { dossierId: row.id, residentId })
    if (row === undefined || ended === 0) return false
    await audit(tx, {
      action: 'dossiers.unfollowed',
      subjectKind: 'dossier',
      subjectId: row.id,
      data: { residentId, ended },
    })
    return true
  })
}

/** What a resident follows, each as far as they may see it. */
export async function listFollowed(
  ctx: Ctx,
  input: { residentId: string },
): Promise<FollowedView[]> {
  requireSelf(ctx, input.residentId)
  const rows = await listFollows(ctx.db, input.residentId)
  return Promise.all(
    rows.map(async ({ follow, dossier }) => ({
      dossier: await viewDossier(ctx, dossier, follow.level),
      since: follow.createdAt,
      isDelegated: follow.delegatedBy !== null,
      mayDelegate: follow.level === 'full' && follow.delegatedBy === null,
    })),
  )
}

/** How far a resident follows this dossier; undefined when they do not. */
export async function followLevel(
  ctx: Ctx,
  input: { residentId: string; code: string },
): Promise<'public' | 'full' | undefined> {
  const row = await findDossier(ctx.db, input.code)
  if (row === undefined) return undefined
  return (await findFollow(ctx.db, { dossierId: row.id, residentId: input.residentId }))?.level
}

const delegationHash = (ctx: Ctx, signs: string) => ctx.ports.sign('dossier-delegation', signs)

/**
 * A code with which a relative may follow this dossier as its owner does: once, 24 hours. Only who proved the second
 * factor may give it, and ends it by no longer following. Throws `dossiers.not_found`.
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
    const signs = newTypedCode(8, tx.ports.random)
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
 * A relative takes up a delegation. Wrong, used and expired codes are alike `dossiers.not_found`; five tries, then a
 * pause.
 */
export async function acceptDelegation(
  ctx: Ctx,
  input: { residentId: string; delegation: string; agreed?: Agreed },
  looker: Looker,
): Promise<FollowedView[]> {
  const { residentId, delegation, agreed } = input
  requireSelf(ctx, residentId)
  const signs = delegation.toUpperCase().replace(/[\s\-–—._]/g, '')
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
    const spent = await spendDelegation(tx.db, await delegationHash(tx, signs), tx.now())
    const [row] = spent === undefined ? [] : await findDossiersById(tx.db, [spent.dossierId])
    if (spent === undefined || row === undefined) throw new AppError('dossiers.not_found')
    const delegatedBy = spent.fromResidentId
    await addFollow(tx, { row, residentId, level: 'full', delegatedBy })
    return listFollowed(tx, { residentId })
  })
}
