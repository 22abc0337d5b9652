import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { endAllSessions } from '../lucia.ts'
import { requireCan } from '../policy.ts'
import { ProviderAccount } from '../schema-officials.ts'
import { findOfficialById } from '../store/officials.ts'
import {
  deleteProvider,
  findByProviderEmail,
  findBySubject,
  findProvider,
  insertProvider,
  linkSubject,
  type ProviderRow,
} from '../store/providers.ts'
import type { From } from './open-session.ts'
import { refuse } from './proof-limits.ts'
import {
  type Proven,
  type ProviderAnswer,
  proveAtProvider,
  startAtProvider,
  type Way,
} from './provider.ts'
import { afterPassword, type SignInResult } from './sign-in.ts'

const WAY: Way = { host: 'official-oidc', path: '/console' }

const providerOf = ({ ports }: Ctx) => {
  if (ports.proofs.officialOidc === null) throw new AppError('identity.sign_in_off')
  return ports.proofs.officialOidc
}

/** Where to send an official, and the ticket of this browser. Throws `identity.host_away`, `identity.sign_in_off`. */
export async function startOfficialSignIn(ctx: Ctx): Promise<{ url: string; ticket: string }> {
  return startAtProvider(ctx, providerOf(ctx), WAY)
}

/**
 * Signs an official in whom an admin named: the first time by the verified address that the admin set, from then on by
 * the subject alone. A second factor is asked for as after a password. Throws as `proveAtProvider`, and
 * `identity.not_invited` for everybody else.
 */
export async function finishOfficialSignIn(
  ctx: Ctx,
  input: ProviderAnswer,
  from: From,
): Promise<SignInResult> {
  const proven = await proveAtProvider(ctx, providerOf(ctx), WAY, input)
  const result = await inTransaction(ctx, async (tx) => {
    const known = await accountOf(tx, proven)
    const row = known && (await findOfficialById(tx.db, known.officialId))
    if (row === undefined || row.disabledAt !== null) return undefined
    return afterPassword(tx, row, from, 'provider')
  })
  return result ?? refuse(ctx, WAY.host, 'identity.not_invited')
}

async function accountOf(
  tx: Ctx,
  { issuer, subject, email }: Proven,
): Promise<ProviderRow | undefined> {
  const linked = await findBySubject(tx.db, { issuer, subject })
  if (linked !== undefined || email === null) return linked
  const named = await findByProviderEmail(tx.db, email)
  if (named === undefined || named.subject !== null) return undefined
  await linkSubject(tx.db, named.officialId, { issuer, subject, linkedAt: tx.now() })
  await audit(tx, {
    action: 'identity.provider_linked',
    subjectKind: 'official',
    subjectId: named.officialId,
    fields: ['issuer', 'subject'],
  })
  return named
}

/**
 * Names the address by which an official comes from the province's accounts; null: none. Another one ends the link and
 * the sessions. Nobody names their own: `identity.not_yourself`. Throws `http.conflict` when it is somebody else's.
 */
export async function saveProviderAccount(
  ctx: Ctx,
  input: ProviderAccount & { officialId: string },
): Promise<void> {
  requireCan(ctx, 'identity.manage_officials')
  const { email } = parseInput(ProviderAccount, input)
  const { officialId } = input
  if (ctx.actor.kind === 'official' && ctx.actor.officialId === officialId)
    throw new AppError('identity.not_yourself')
  await inTransaction(ctx, async (tx) => {
    if ((await findOfficialById(tx.db, officialId)) === undefined)
      throw new AppError('http.not_found')
    const before = await findProvider(tx.db, officialId)
    if ((before?.email ?? null) === email) return
    if (before !== undefined) {
      await deleteProvider(tx.db, officialId)
      await endAllSessions(tx, { kind: 'official', id: officialId })
    }
    if (email !== null && !(await insertProvider(tx.db, { officialId, email })))
      throw new AppError('http.conflict')
    await audit(tx, {
      action: 'identity.provider_account',
      subjectKind: 'official',
      subjectId: officialId,
      fields: ['email'],
      data: { isSet: email !== null },
    })
  })
}
