import type { Ctx, Passwords } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { normalisePassword } from '../passwords.ts'
import { requireOfficial } from '../policy.ts'
import { PasswordChange, SignIn } from '../schema.ts'
import { type Method, methodsOf, nextStep } from '../second-factor.ts'
import { findHeld } from '../store/factors.ts'
import {
  findOfficialById,
  findOfficialByLogin,
  type OfficialRow,
  updatePasswordHash,
} from '../store/officials.ts'
import { deleteOtherSessionRows } from '../store/sessions.ts'
import { hashNewPassword, toOfficial } from './officials.ts'
import { type From, openOfficialSession, type SignedIn } from './open-session.ts'
import { type OpenedStep, openStep } from './steps.ts'
import { throttlePassword } from './throttle.ts'

const dummies = new WeakMap<Passwords, Promise<string>>()

/** A hash that no password fits: verifying against it takes as long as against a real one. */
function dummyHash(ctx: Ctx): Promise<string> {
  const { passwords, random } = ctx.ports
  const known = dummies.get(passwords)
  if (known !== undefined) return known
  const made = passwords.hash(String.fromCharCode(...random(32)))
  dummies.set(passwords, made)
  return made
}

/** What a right password leads to: a session, or the step that is still missing. */
export type SignInResult =
  | ({ next: 'none' } & SignedIn)
  | ({ next: 'second_factor'; methods: Method[] } & OpenedStep)
  | ({ next: 'enrol' } & OpenedStep)

/**
 * Login and password of an official. Throws `identity.too_many_attempts`, then `identity.wrong_login` for any
 * other reason (unknown, disabled, wrong password), each after the same work.
 */
export async function signIn(ctx: Ctx, input: SignIn, from: From): Promise<SignInResult> {
  const { login, password } = parseInput(SignIn, input)
  await throttlePassword(ctx, { login, remote: from.remoteKey })
  // Made before it is known whether it is needed, so that needing it does not show.
  const fallback = await dummyHash(ctx)
  const row = await findOfficialByLogin(ctx.db, login)
  const fits = await ctx.ports.passwords.verify(
    normalisePassword(password),
    row?.passwordHash ?? fallback,
  )
  if (row === undefined || !fits || row.disabledAt !== null) {
    await audit(ctx, {
      action: 'identity.sign_in_failed',
      subjectKind: 'official',
      subjectId: row?.id ?? 'unknown',
    })
    throw new AppError('identity.wrong_login')
  }
  return inTransaction(ctx, (tx) => afterPassword(tx, row, from))
}

/** Goes on after the password was proved (or just set by invitation), in the open transaction. */
export async function afterPassword(
  tx: Ctx,
  row: OfficialRow,
  from: From,
  how: 'password' | 'invite' | 'provider' = 'password',
): Promise<SignInResult> {
  const held = await findHeld(tx.db, row.id)
  const next = nextStep(toOfficial(row).roles, held, tx.settings.isDemo)
  if (next === 'none') return { next, ...(await openOfficialSession(tx, row, from, how)) }
  const opened = await openStep(tx, { kind: next, officialId: row.id })
  return next === 'enrol' ? { next, ...opened } : { next, ...opened, methods: methodsOf(held) }
}

/** The own password once more, before something that outlives the session. Throws `identity.wrong_login`. */
export async function proveOwnPassword(ctx: Ctx, password: string): Promise<OfficialRow> {
  const { officialId } = requireOfficial(ctx)
  await throttlePassword(ctx, { login: officialId, remote: 'password-change' })
  const row = await findOfficialById(ctx.db, officialId)
  if (row === undefined || row.disabledAt !== null) throw new AppError('http.unauthenticated')
  if (!(await ctx.ports.passwords.verify(normalisePassword(password), row.passwordHash)))
    throw new AppError('identity.wrong_login')
  return row
}

/**
 * Changes the own password and ends all other sessions. Throws `identity.wrong_login` when the current one is wrong,
 * `identity.weak_password`, and `http.conflict` when the account changed meanwhile.
 */
export async function changeOwnPassword(ctx: Ctx, input: PasswordChange): Promise<void> {
  const { sessionId } = requireOfficial(ctx)
  const { currentPassword, newPassword } = parseInput(PasswordChange, input)
  const row = await proveOwnPassword(ctx, currentPassword)
  const passwordHash = await hashNewPassword(ctx, newPassword, row.login)
  await inTransaction(ctx, async (tx) => {
    if (!(await updatePasswordHash(tx.db, row, passwordHash))) throw new AppError('http.conflict')
    await deleteOtherSessionRows(tx.db, { kind: 'official', id: row.id }, sessionId)
    await audit(tx, {
      action: 'identity.password_changed',
      subjectKind: 'official',
      subjectId: row.id,
      fields: ['passwordHash'],
    })
  })
}
