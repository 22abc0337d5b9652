import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type PullRow = Selectable<Database['dossierPull']>

type Address = { source: string; url: string; sealedKey: string | null; nextAt: Date }

/** A new address is asked at once, with nothing held against it. */
export async function savePull(db: Db, { source, ...values }: Address): Promise<void> {
  const fresh = { ...values, failures: 0, problem: null }
  await db
    .insertInto('dossierPull')
    .values({ source, ...fresh })
    .onConflict((oc) => oc.column('source').doUpdateSet(fresh))
    .execute()
}

export async function deletePull(db: Db, source: string): Promise<boolean> {
  const row = await db
    .deleteFrom('dossierPull')
    .where('source', '=', source)
    .returning('source')
    .executeTakeFirst()
  return row !== undefined
}

export const listPulls = (db: Db): Promise<PullRow[]> =>
  db.selectFrom('dossierPull').selectAll().orderBy('source').execute()

/** Takes the sources that are due; nobody else gets them before `until`. */
export const claimPulls = (db: Db, at: { now: Date; until: Date }): Promise<PullRow[]> =>
  db
    .updateTable('dossierPull')
    .set({ nextAt: at.until })
    .where('nextAt', '<=', at.now.toISOString())
    .returningAll()
    .execute()

/** Only while it is the address that was asked: one that was changed meanwhile keeps its own standing. */
export async function notePull(
  db: Db,
  { source, url }: { source: string; url: string },
  set: Partial<Insertable<Database['dossierPull']>>,
): Promise<void> {
  await db
    .updateTable('dossierPull')
    .set(set)
    .where('source', '=', source)
    .where('url', '=', url)
    .execute()
}

/** The cursor that the last page left which was taken. */
export async function lastCursor(db: Db, source: string): Promise<string | null> {
  const row = await db
    .selectFrom('dossierImport')
    .select('cursor')
    .where('source', '=', source)
    .where('kind', '=', 'pull')
    .where('outcome', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.cursor ?? null
}

/** When each source last brought something that was taken, by whatever way. */
export const lastTaken = (db: Db): Promise<{ source: string; at: string }[]> =>
  db
    .selectFrom('dossierImport')
    .distinctOn('source')
    .select(['source', 'at'])
    .where('outcome', '=', 'done')
    .orderBy('source')
    .orderBy('id', 'desc')
    .execute()

/** Reports of files, pushes and pulls from before a moment; where each way of a source stands is not forgotten. */
export async function deleteReports(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('dossierImport')
    .where('at', '<', before.toISOString())
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('dossierImport as last')
        .distinctOn(['last.source', 'last.kind'])
        .select('last.id')
        .where('last.outcome', '=', 'done')
        .orderBy('last.source')
        .orderBy('last.kind')
        .orderBy('last.id', 'desc'),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
