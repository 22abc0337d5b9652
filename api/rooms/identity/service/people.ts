import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { newSecret } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { endAllSessions } from '../lucia.ts'
import { requireCan } from '../policy.ts'
import {
  AcceptInvite,
  ChangeOfficial,
  type Invitation,
  InviteOfficial,
  type OfficialRecord,
} from '../schema-officials.ts'
import { deleteFactors } from '../store/factors.ts'
import { findOfficialById, insertOfficial, type OfficialRow } from '../store/officials.ts'
import { findOfficials, type ListedOfficial, updateOfficial } from '../store/people.ts'
import { deleteProvider } from '../store/providers.ts'
import { deleteStep, deleteStepsOf } from '../store/steps.ts'
import { disableOfficial, hashNewPassword, toOfficial } from './officials.ts'
import type { From } from './open-session.ts'
import { afterPassword, type SignInResult } from './sign-in.ts'
import { attemptStep, officialOf, openStep } from './steps.ts'

const toRecord = (row: ListedOfficial): OfficialRecord => ({
  ...toOfficial(row),
  version: row.version,
  disabledAt: row.disabledAt,
  hasSecondFactor: row.hasSecondFactor,
  providerEmail: row.providerEmail,
  isProviderLinked: row.isProviderLinked,
})

async function getRecord(tx: Ctx, officialId: string): Promise<OfficialRecord> {
  const [row] = await findOfficials(tx.db, officialId)
  if (row === undefined) throw new AppError('http.not_found')
  return toRecord(row)
}

/** Everybody who has or had an account. */
export async function listOfficials(ctx: Ctx): Promise<OfficialRecord[]> {
  requireCan(ctx, 'identity.manage_officials')
  return (await findOfficials(ctx.db)).map(toRecord)
}

/** A password that nobody knows: until the invitation is taken, none fits. */
const unknownPassword = (ctx: Ctx): Promise<string> =>
  ctx.ports.passwords.hash(newSecret(ctx.ports.random))

/** An account whose password its owner sets by a link (72 hours, once). Throws `identity.login_taken`. */
export async function inviteOfficial(ctx: Ctx, input: InviteOfficial): Promise<Invitation> {
  requireCan(ctx, 'identity.manage_officials')
  const wanted = parseInput(InviteOfficial, input)
  const passwordHash = await unknownPassword(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await insertOfficial(tx.db, {
      ...wanted,
      roles: [...new Set(wanted.roles)],
      capabilities: [...new Set(wanted.capabilities)],
      id: tx.newId(),
      passwordHash,
      createdAt: tx.now(),
    })
    if (row === undefined) throw new AppError('identity.login_taken')
    await auditPerson(tx, 'identity.official_invited', row)
    return invitation(tx, row.id)
  })
}

/**
 * A new link for somebody who lost password or phone, or comes back: what they had to sign in with ends, and so do
 * their sessions. The admin's own account is another admin's task: `identity.not_yourself`.
 */
export async function reinviteOfficial(
  ctx: Ctx,
  input: { officialId: string },
): Promise<Invitation> {
  requireCan(ctx, 'identity.manage_officials')
  requireOther(ctx, input.officialId)
  const passwordHash = await unknownPassword(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await getOfficial(tx, input.officialId)
    if (!(await updateOfficial(tx.db, row, { passwordHash, disabledAt: null })))
      throw new AppError('http.conflict')
    await deleteFactors(tx.db, row.id)
    await deleteProvider(tx.db, row.id)
    await deleteStepsOf(tx.db, row.id)
    await endAllSessions(tx, { kind: 'official', id: row.id })
    await auditPerson(tx, 'identity.official_reinvited', row)
    return invitation(tx, row.id)
  })
}

async function invitation(tx: Ctx, officialId: string): Promise<Invitation> {
  const { challenge, expiresAt } = await openStep(tx, { kind: 'invite', officialId })
  // Behind the hash: it reaches no server log and no Referer.
  const url = `${tx.settings.publicUrl}/console#/invite/${challenge}`
  return { official: await getRecord(tx, officialId), url, expiresAt }
}

/**
 * Sets the password of an invited account and goes on as after a right one. Throws `identity.step_over`,
 * `identity.weak_password` (the link stays good).
 */
export async function acceptInvite(
  ctx: Ctx,
  input: AcceptInvite,
  from: From,
): Promise<SignInResult> {
  const { token, password } = parseInput(AcceptInvite, input)
  const { login } = await readInvite(ctx, { token })
  const passwordHash = await hashNewPassword(ctx, password, login)
  return attemptStep(ctx, token, ['invite'], async (tx, step) => {
    const row = await officialOf(tx, step)
    if (!(await updateOfficial(tx.db, row, { passwordHash }))) throw new AppError('http.conflict')
    if (!(await deleteStep(tx.db, step.secretHash))) throw new AppError('identity.step_over')
    await auditPerson(tx, 'identity.invite_accepted', row)
    return afterPassword(tx, row, from, 'invite')
  })
}

/** Whose link it is, for the page that asks for the password. Throws `identity.step_over`. */
export async function readInvite(
  ctx: Ctx,
  input: { token: string },
): Promise<{ login: string; displayName: string }> {
  return attemptStep(ctx, input.token, ['invite'], async (tx, step) => {
    const { login, displayName } = await officialOf(tx, step)
    return { login, displayName }
  })
}

/** Name, roles and place of work. Nobody changes their own rights: `identity.not_yourself`; stale: `http.conflict`. */
export async function changeOfficial(
  ctx: Ctx,
  input: ChangeOfficial & { officialId: string },
): Promise<OfficialRecord> {
  requireCan(ctx, 'identity.manage_officials')
  const { version, ...set } = parseInput(ChangeOfficial, input)
  requireOther(ctx, input.officialId)
  return inTransaction(ctx, async (tx) => {
    const row = await getOfficial(tx, input.officialId)
    const changed = {
      ...set,
      roles: [...new Set(set.roles)],
      capabilities: [...new Set(set.capabilities)],
    }
    if (!(await updateOfficial(tx.db, { id: row.id, version }, changed)))
      throw new AppError('http.conflict')
    await auditPerson(tx, 'identity.official_changed', { ...row, ...changed })
    return getRecord(tx, row.id)
  })
}

/** Ends an account and its sessions at once; what they did keeps their name. Again changes nothing. */
export async function retireOfficial(
  ctx: Ctx,
  input: { officialId: string },
): Promise<OfficialRecord> {
  requireCan(ctx, 'identity.manage_officials')
  requireOther(ctx, input.officialId)
  await disableOfficial(ctx, input)
  return getRecord(ctx, input.officialId)
}

function requireOther({ actor }: Ctx, officialId: string): void {
  if (actor.kind === 'official' && actor.officialId === officialId)
    throw new AppError('identity.not_yourself')
}

async function getOfficial(tx: Ctx, officialId: string): Promise<OfficialRow> {
  const row = await findOfficialById(tx.db, officialId)
  if (row === undefined) throw new AppError('http.not_found')
  return row
}

const auditPerson = (
  tx: Ctx,
  action: string,
  row: Pick<OfficialRow, 'id' | 'roles' | 'capabilities' | 'unitCode' | 'agencyCode'>,
): Promise<void> =>
  audit(tx, {
    action,
    subjectKind: 'official',
    subjectId: row.id,
    data: {
      roles: row.roles.join(' '),
      capabilities: row.capabilities.join(' '),
      unitCode: row.unitCode,
      agencyCode: row.agencyCode,
    },
  })
