import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type SourceRow = Selectable<Database['dossierSource']>
export type KeyRow = Selectable<Database['dossierKey']>

export const findSource = (db: Db, name: string): Promise<SourceRow | undefined> =>
  db.selectFrom('dossierSource').selectAll().where('name', '=', name).executeTakeFirst()

export const listSources = (db: Db): Promise<SourceRow[]> =>
  db.selectFrom('dossierSource').selectAll().orderBy('name').execute()

export async function saveSource(
  db: Db,
  row: { name: string; unitCode: string | null; agencyName: string; mapping: object; now: Date },
): Promise<void> {
  const { name, unitCode, agencyName, now } = row
  const values = { unitCode, agencyName, mapping: JSON.stringify(row.mapping), updatedAt: now }
  await db
    .insertInto('dossierSource')
    .values({ name, createdAt: now, ...values })
    .onConflict((oc) => oc.column('name').doUpdateSet(values))
    .execute()
}

export async function insertImport(
  db: Db,
  row: Omit<Insertable<Database['dossierImport']>, 'issues'> & { issues: readonly object[] },
): Promise<void> {
  await db
    .insertInto('dossierImport')
    .values({ ...row, issues: JSON.stringify(row.issues) })
    .execute()
}

export async function insertKey(db: Db, row: Insertable<Database['dossierKey']>): Promise<void> {
  await db.insertInto('dossierKey').values(row).execute()
}

export const listKeys = (db: Db): Promise<Omit<KeyRow, 'secretHash'>[]> =>
  db
    .selectFrom('dossierKey')
    .select(['id', 'source', 'createdAt', 'lastUsedAt', 'revokedAt'])
    .orderBy('id')
    .execute()

/** The source whose key has this hash; its use is noted. A revoked one is none. */
export async function useKey(
  db: Db,
  secretHash: string,
  now: Date,
): Promise<{ id: string; source: string } | undefined> {
  return db
    .updateTable('dossierKey')
    .set({ lastUsedAt: now })
    .where('secretHash', '=', secretHash)
    .where('revokedAt', 'is', null)
    .returning(['id', 'source'])
    .executeTakeFirst()
}

export async function revokeKey(db: Db, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('dossierKey')
    .set({ revokedAt: now })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
