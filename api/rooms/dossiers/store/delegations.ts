import type { Insertable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

/** A dossier, and who lets others follow it. */
type From = { dossierId: string; fromResidentId: string }

export async function insertDelegation(
  db: Db,
  row: Insertable<Database['dossierDelegation']>,
): Promise<void> {
  await db.insertInto('dossierDelegation').values(row).execute()
}

/** Spends an open delegation; undefined when there is none. */
export const spendDelegation = (
  db: Db,
  codeHash: string,
  now: Date,
): Promise<{ dossierId: string; fromResidentId: string } | undefined> =>
  db
    .updateTable('dossierDelegation')
    .set({ usedAt: now })
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now.toISOString())
    .returning(['dossierId', 'fromResidentId'])
    .executeTakeFirst()

/** Codes of somebody that nobody took yet. */
export const listUntaken = (
  db: Db,
  fromResidentId: string,
  now: Date,
): Promise<{ dossierId: string; expiresAt: string }[]> =>
  db
    .selectFrom('dossierDelegation')
    .select(['dossierId', 'expiresAt'])
    .where('fromResidentId', '=', fromResidentId)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now.toISOString())
    .orderBy('expiresAt', 'desc')
    .execute()

/** How many codes can be taken no more. */
export async function deleteUntaken(db: Db, from: From): Promise<number> {
  const result = await db
    .deleteFrom('dossierDelegation')
    .where('dossierId', '=', from.dossierId)
    .where('fromResidentId', '=', from.fromResidentId)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** The follows of those whom somebody let in, oldest first. */
export const listRelatives = (
  db: Db,
  residentId: string,
): Promise<{ id: string; dossierId: string; createdAt: string }[]> =>
  db
    .selectFrom('dossierFollow')
    .select(['id', 'dossierId', 'createdAt'])
    .where('delegatedBy', '=', residentId)
    .orderBy('id')
    .execute()

/** Ends the follow of one relative, or of all; how many. */
export async function deleteRelatives(db: Db, from: From, id?: string): Promise<number> {
  const result = await db
    .deleteFrom('dossierFollow')
    .where('dossierId', '=', from.dossierId)
    .where('delegatedBy', '=', from.fromResidentId)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
