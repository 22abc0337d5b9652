import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { requireSelf } from '../../identity/index.ts'
import type { FollowedView } from '../schema.ts'
import { listRelatives, listUntaken } from '../store/delegations.ts'
import { type DossierRow, findDossier } from '../store/dossiers.ts'
import { deleteFollow, findFollow, listFollows, saveFollow } from '../store/follows.ts'
import { type Agreed, requireNotify } from './consent.ts'
import { type Looker, openDossier, readOwnCode } from './look-up.ts'
import { viewDossier } from './view.ts'

/** More dossiers than one household has; bounds one person's rows. */
const MAX_FOLLOWS = 30

/** Keeps a follow, or raises one from public to full; false when that changes nothing. */
export async function addFollow(
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

/** What a resident follows, each as far as they may see it, and whom they let in. */
export async function listFollowed(
  ctx: Ctx,
  input: { residentId: string },
): Promise<FollowedView[]> {
  requireSelf(ctx, input.residentId)
  const { residentId } = input
  const rows = await listFollows(ctx.db, residentId)
  const relatives = await listRelatives(ctx.db, residentId)
  const untaken = await listUntaken(ctx.db, residentId, ctx.now())
  return Promise.all(
    rows.map(async ({ follow, dossier }) => ({
      dossier: await viewDossier(ctx, dossier, follow.level),
      since: follow.createdAt,
      isDelegated: follow.delegatedBy !== null,
      mayDelegate: follow.level === 'full' && follow.delegatedBy === null,
      relatives: relatives
        .filter(({ dossierId }) => dossierId === dossier.id)
        .map(({ id, createdAt }) => ({ id, since: createdAt })),
      openCodeUntil: untaken.find(({ dossierId }) => dossierId === dossier.id)?.expiresAt ?? null,
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
