import { type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type AsideRow = Selectable<Database['dossierAside']>
export type NewAside = Pick<AsideRow, 'key' | 'code' | 'issues'>

/** Keeps rows aside; one that comes again says its newest faults and since when it has been bad. */
export async function saveAsides(
  db: Db,
  { source, rows, now }: { source: string; rows: readonly NewAside[]; now: Date },
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ key, code, issues }) => ({
    ...{ source, key, code, firstAt: now, lastAt: now },
    issues: JSON.stringify(issues),
  }))
  await db
    .insertInto('dossierAside')
    .values(values)
    .onConflict((oc) =>
      oc.columns(['source', 'key']).doUpdateSet((eb) => ({
        issues: eb.ref('excluded.issues'),
        lastAt: eb.ref('excluded.lastAt'),
      })),
    )
    .execute()
}

/** What came readable is aside no more. */
export async function clearAsides(db: Db, source: string, codes: readonly string[]): Promise<void> {
  await db
    .deleteFrom('dossierAside')
    .where('source', '=', source)
    .where(sql<boolean>`key = any(${[...codes]}::text[])`)
    .execute()
}

/** The newest of all sources. */
export const listAsides = (db: Db, limit: number): Promise<AsideRow[]> =>
  db
    .selectFrom('dossierAside')
    .selectAll()
    .orderBy('lastAt', 'desc')
    .orderBy('key')
    .limit(limit)
    .execute()

export const countAsides = (db: Db): Promise<{ source: string; count: number }[]> =>
  db
    .selectFrom('dossierAside')
    .select(['source', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('source')
    .execute()

/** Rows that did not come again since a moment; how many. */
export async function deleteAsides(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('dossierAside')
    .where('lastAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
