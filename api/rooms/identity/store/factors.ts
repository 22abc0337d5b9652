import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { Held } from '../second-factor.ts'

export type FactorRow = Selectable<Database['officialFactor']>

/** The second factors of an official, the oldest first. */
export async function findFactors(db: Db, officialId: string): Promise<FactorRow[]> {
  return db
    .selectFrom('officialFactor')
    .selectAll()
    .where('officialId', '=', officialId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
}

/** What an official can pass the second step with. */
export async function findHeld(db: Db, officialId: string): Promise<Held> {
  const factors = await findFactors(db, officialId)
  const { codes } = await db
    .selectFrom('officialRecoveryCode')
    .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('codes'))
    .where('officialId', '=', officialId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    hasTotp: factors.some(({ kind }) => kind === 'totp'),
    passkeys: factors.filter(({ kind }) => kind === 'passkey').length,
    recoveryCodes: codes,
  }
}

/** Adds a factor; false when an authenticator stands already, or the passkey is known. */
export async function insertFactor(
  db: Db,
  row: Insertable<Database['officialFactor']>,
): Promise<boolean> {
  const result = await db
    .insertInto('officialFactor')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows) > 0
}

/** Removes one factor of an official; its kind, or undefined when there was none. */
export async function deleteFactor(
  db: Db,
  officialId: string,
  id: string,
): Promise<FactorRow['kind'] | undefined> {
  const row = await db
    .deleteFrom('officialFactor')
    .where('officialId', '=', officialId)
    .where('id', '=', id)
    .returning('kind')
    .executeTakeFirst()
  return row?.kind
}

/** Removes all factors and recovery codes of an official; how many factors there were. */
export async function deleteFactors(db: Db, officialId: string): Promise<number> {
  await db.deleteFrom('officialRecoveryCode').where('officialId', '=', officialId).execute()
  const result = await db
    .deleteFrom('officialFactor')
    .where('officialId', '=', officialId)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Takes a time step once: false when this one or a later one was taken before. */
export async function takeTotpStep(db: Db, id: string, step: number, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('officialFactor')
    .set({ lastStep: step, lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function findPasskey(db: Db, credentialId: string): Promise<FactorRow | undefined> {
  return db
    .selectFrom('officialFactor')
    .selectAll()
    .where('credentialId', '=', credentialId)
    .executeTakeFirst()
}

export async function usePasskey(db: Db, id: string, counter: number, now: Date): Promise<void> {
  await db
    .updateTable('officialFactor')
    .set({ counter, lastUsedAt: now })
    .where('id', '=', id)
    .execute()
}

/** New recovery codes end the former ones. */
export async function replaceRecoveryCodes(
  db: Db,
  officialId: string,
  codeHashes: readonly string[],
  now: Date,
): Promise<void> {
  await db.deleteFrom('officialRecoveryCode').where('officialId', '=', officialId).execute()
  await db
    .insertInto('officialRecoveryCode')
    .values(codeHashes.map((codeHash) => ({ codeHash, officialId, createdAt: now })))
    .execute()
}

/** Uses a recovery code up; false when it is not this person's, or was used. */
export async function spendRecoveryCode(
  db: Db,
  officialId: string,
  codeHash: string,
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('officialRecoveryCode')
    .set({ usedAt: now })
    .where('codeHash', '=', codeHash)
    .where('officialId', '=', officialId)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}
