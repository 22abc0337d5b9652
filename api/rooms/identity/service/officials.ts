import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { endAllSessions } from '../lucia.ts'
import { normalisePassword, passwordProblem } from '../passwords.ts'
import { requireCan } from '../policy.ts'
import { CAPABILITIES, NewOfficial, type Official, PASSWORD_MIN_LENGTH, ROLES } from '../schema.ts'
import {
  disableOfficialRow,
  findOfficialById,
  findOfficialNames,
  insertOfficial,
  type OfficialRow,
} from '../store/officials.ts'

/** The row as others may see it; a role that this version does not know gives no right. */
export const toOfficial = (row: OfficialRow): Official => ({
  id: row.id,
  login: row.login,
  displayName: row.displayName,
  roles: ROLES.filter((role) => row.roles.includes(role)),
  capabilities: CAPABILITIES.filter((capability) => row.capabilities.includes(capability)),
  unitCode: row.unitCode,
  agencyCode: row.agencyCode,
})

/** Hash of a password that will do; throws `identity.weak_password`. About 0.1 s: never inside a transaction. */
export async function hashNewPassword(ctx: Ctx, password: string, login: string): Promise<string> {
  if (passwordProblem(password, login) !== undefined) {
    throw new AppError('identity.weak_password', { params: { minimum: PASSWORD_MIN_LENGTH } })
  }
  return ctx.ports.passwords.hash(normalisePassword(password))
}

/**
 * Adds an official (admin, or a command of the host). Throws `identity.weak_password`, and `identity.login_taken` for a
 * login that exists, disabled or not.
 */
export async function createOfficial(ctx: Ctx, input: NewOfficial): Promise<Official> {
  requireCan(ctx, 'identity.manage_officials')
  const { password, ...official } = parseInput(NewOfficial, input)
  const passwordHash = await hashNewPassword(ctx, password, official.login)
  return inTransaction(ctx, async (tx) => {
    const row = await insertOfficial(tx.db, {
      ...official,
      roles: [...new Set(official.roles)],
      capabilities: [...new Set(official.capabilities)],
      id: tx.newId(),
      passwordHash,
      createdAt: tx.now(),
    })
    if (row === undefined) throw new AppError('identity.login_taken')
    await audit(tx, {
      action: 'identity.official_created',
      subjectKind: 'official',
      subjectId: row.id,
      data: {
        roles: row.roles.join(' '),
        capabilities: row.capabilities.join(' '),
        unitCode: row.unitCode,
        agencyCode: row.agencyCode,
      },
    })
    return toOfficial(row)
  })
}

/** Ends an official's access and every session at once; again changes nothing. Throws `http.not_found`. */
export async function disableOfficial(ctx: Ctx, input: { officialId: string }): Promise<void> {
  requireCan(ctx, 'identity.manage_officials')
  await inTransaction(ctx, async (tx) => {
    const row = await findOfficialById(tx.db, input.officialId)
    if (row === undefined) throw new AppError('http.not_found')
    if (!(await disableOfficialRow(tx.db, row.id, tx.now()))) return
    await endAllSessions(tx, { kind: 'official', id: row.id })
    await audit(tx, {
      action: 'identity.official_disabled',
      subjectKind: 'official',
      subjectId: row.id,
      fields: ['disabledAt'],
    })
  })
}

/** An official by id, disabled or not, for rooms that say who did something. */
export async function officialById(ctx: Ctx, id: string): Promise<Official | undefined> {
  const row = await findOfficialById(ctx.db, id)
  return row === undefined ? undefined : toOfficial(row)
}

/** Names of officials, disabled or not, by id; for a list that says who did what. */
export async function officialNames(
  ctx: Ctx,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Set(ids.filter((id) => id !== null))
  const rows = await findOfficialNames(ctx.db, [...known])
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}

/** The official who is signed in; null for anybody else. */
export async function findOwnOfficial(ctx: Ctx): Promise<Official | null> {
  if (ctx.actor.kind !== 'official') return null
  const row = await findOfficialById(ctx.db, ctx.actor.officialId)
  // The roles of now: one may be lent for a while.
  return row === undefined ? null : { ...toOfficial(row), roles: [...ctx.actor.roles] }
}
