import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type OfficialRow = Selectable<Database['official']>

/** Adds an official; undefined when the login is taken. */
export async function insertOfficial(
  db: Db,
  row: Insertable<Database['official']>,
): Promise<OfficialRow | undefined> {
  return db
    .insertInto('official')
    .values(row)
    .onConflict((oc) => oc.column('login').doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function findOfficialByLogin(db: Db, login: string): Promise<OfficialRow | undefined> {
  return db.selectFrom('official').selectAll().where('login', '=', login).executeTakeFirst()
}

export async function findOfficialById(db: Db, id: string): Promise<OfficialRow | undefined> {
  return db.selectFrom('official').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findOfficialNames(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; displayName: string }[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('official')
    .select(['id', 'displayName'])
    .where('id', 'in', [...ids])
    .execute()
}

/** Marks as disabled; false when there is nobody enabled under the id. */
export async function disableOfficialRow(db: Db, id: string, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('official')
    .set((eb) => ({ disabledAt: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

/** Sets the hash if nobody changed the row since it was read. */
export async function updatePasswordHash(
  db: Db,
  official: Pick<OfficialRow, 'id' | 'version'>,
  passwordHash: string,
): Promise<boolean> {
  const result = await db
    .updateTable('official')
    .set({ passwordHash, version: official.version + 1 })
    .where('id', '=', official.id)
    .where('version', '=', official.version)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}
