import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type SourceRow = Selectable<Database['readingSource']>

export async function nameSources(db: Db, urls: readonly string[], now: Date): Promise<void> {
  await db
    .insertInto('readingSource')
    .values(urls.map((url) => ({ url, nextAt: now })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Takes the sources that are due; nobody else gets them before `until`. */
export const claimSources = (
  db: Db,
  urls: readonly string[],
  at: { now: Date; until: Date },
): Promise<SourceRow[]> =>
  db
    .updateTable('readingSource')
    .set({ nextAt: at.until })
    .where('url', 'in', [...urls])
    .where('nextAt', '<=', at.now.toISOString())
    .returningAll()
    .execute()

export async function noteSource(
  db: Db,
  url: string,
  set: Partial<Insertable<Database['readingSource']>>,
): Promise<void> {
  await db.updateTable('readingSource').set(set).where('url', '=', url).execute()
}

export const findSources = (db: Db, urls: readonly string[]): Promise<SourceRow[]> =>
  db
    .selectFrom('readingSource')
    .selectAll()
    .where('url', 'in', [...urls])
    .orderBy('url')
    .execute()
