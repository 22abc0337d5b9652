import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type KeyRow = Selectable<Database['readingKey']>

export async function insertKey(db: Db, row: Omit<KeyRow, 'revokedAt'>): Promise<void> {
  await db.insertInto('readingKey').values(row).execute()
}

/** The key in force with this hash. */
export async function findKey(db: Db, keyHash: string): Promise<KeyRow | undefined> {
  return db
    .selectFrom('readingKey')
    .selectAll()
    .where('keyHash', '=', keyHash)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
}

export async function listKeys(db: Db): Promise<KeyRow[]> {
  return db.selectFrom('readingKey').selectAll().orderBy('id', 'desc').execute()
}

/** True when it was in force until now; undefined when there is none. */
export async function revokeKeyRow(db: Db, id: string, at: Date): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('readingKey')
    .select('revokedAt')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.revokedAt !== null) return false
  await db.updateTable('readingKey').set({ revokedAt: at }).where('id', '=', id).execute()
  return true
}
