import type { Ctx, Passwords } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { sha256Hex } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { createSession, endSession } from '../lucia.ts'
import { normalisePassword } from '../passwords.ts'
import { requireOfficial } from '../policy.ts'
import { type Official, PasswordChange, SignIn } from '../schema.ts'
import { findOfficialById, findOfficialByLogin, updatePasswordHash } from '../store/officials.ts'
import { deleteOtherSessionRows } from '../store/sessions.ts'
import { hashNewPassword, toOfficial } from './officials.ts'

/**
 * Tries per window, asked in this order. The narrow ones stop a guesser at one address before their tries count
 * against the login, so that nobody can lock a colleague out; the last one slows guessing spread over many addresses.
 */
const TRIES = [
  { per: ['login', 'remote'], limit: 5, windowSeconds: 60 },
  { per: ['login', 'remote'], limit: 20, windowSeconds: 900 },
  { per: ['remote'], limit: 100, windowSeconds: 900 },
  { per: ['login'], limit: 200, windowSeconds: 900 },
] as const

/** Throws `identity.too_many_attempts`. Keys are hashed: people type passwords into the wrong field. */
async function throttle(ctx: Ctx, who: { login: string; remote: string }): Promise<void> {
  for (const { per, limit, windowSeconds } of TRIES) {
    const whose = await sha256Hex(JSON.stringify(per.map((part) => who[part])))
    const key = `sign-in:${per.join('+')}:${windowSeconds}:${whose.slice(0, 32)}`
    const answer = await ctx.ports.limits.take(key, limit, windowSeconds)
    if (!answer.ok) {
      throw new AppError('identity.too_many_attempts', {
        params: { seconds: answer.retryAfterSeconds },
        retryAfterSeconds: answer.retryAfterSeconds,
      })
    }
  }
}

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

export type SignedIn = { secret: string; expiresAt: string; official: Official }

/**
 * Opens a cookie session for an official. Throws `identity.too_many_attempts`, then `identity.wrong_login` for any
 * other reason (unknown, disabled, wrong password), each after the same work.
 * @param from `remoteKey` of the caller's address, and a `label` that tells their device
 */
export async function signIn(
  ctx: Ctx,
  input: SignIn,
  from: { remoteKey: string; label: string },
): Promise<SignedIn> {
  const { login, password } = parseInput(SignIn, input)
  await throttle(ctx, { login, remote: from.remoteKey })
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
  const official = toOfficial(row)
  return inTransaction(ctx, async (tx) => {
    // The same browser signs in anew: its former session would only linger.
    if (tx.actor.kind === 'official' && tx.actor.sessionId !== undefined)
      await endSession(tx, tx.actor.sessionId)
    const session = await createSession(
      tx,
      { kind: 'official', id: row.id },
      { carrier: 'cookie', label: from.label },
    )
    const { roles, capabilities, unitCode, agencyCode } = official
    const actor = {
      kind: 'official',
      officialId: row.id,
      roles,
      capabilities,
      unitCode,
      agencyCode,
    } as const
    await audit(
      { ...tx, actor },
      { action: 'identity.signed_in', subjectKind: 'session', subjectId: session.id },
    )
    return { secret: session.secret, expiresAt: session.expiresAt, official }
  })
}

/**
 * Changes the own password and ends all other sessions. Throws `identity.wrong_login` when the current one is wrong,
 * `identity.weak_password`, and `http.conflict` when the account changed meanwhile.
 */
export async function changeOwnPassword(ctx: Ctx, input: PasswordChange): Promise<void> {
  const { officialId, sessionId } = requireOfficial(ctx)
  const { currentPassword, newPassword } = parseInput(PasswordChange, input)
  await throttle(ctx, { login: officialId, remote: 'password-change' })
  const row = await findOfficialById(ctx.db, officialId)
  if (row === undefined || row.disabledAt !== null) throw new AppError('http.unauthenticated')
  const current = normalisePassword(currentPassword)
  if (!(await ctx.ports.passwords.verify(current, row.passwordHash))) {
    throw new AppError('identity.wrong_login')
  }
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
