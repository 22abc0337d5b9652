import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { Tally } from './policy.ts'

export type ActivityRow = Selectable<Database['teamActivity']>

/** False when it was entered already. */
export async function insertActivity(
  db: Db,
  row: Insertable<Database['teamActivity']>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('teamActivity')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const findActivity = (db: Db, id: string): Promise<ActivityRow | undefined> =>
  db.selectFrom('teamActivity').selectAll().where('id', '=', id).executeTakeFirst()

export const deleteActivity = (db: Db, id: string) =>
  db.deleteFrom('teamActivity').where('id', '=', id).execute()

/** What was done since then in a unit, counted by hamlet and task. */
export const tallyActivities = (db: Db, unitCode: string, since: LocalDate): Promise<Tally[]> =>
  db
    .selectFrom('teamActivity')
    .select(({ fn }) => [
      'hamletId',
      'task',
      sql<number>`count(*)::int`.as('times'),
      sql<number>`sum(people)::int`.as('people'),
      fn.max('heldOn').as('lastOn'),
    ])
    .where('unitCode', '=', unitCode)
    .where('heldOn', '>=', since)
    .groupBy(['hamletId', 'task'])
    .execute()

/** The newest first. */
export const listActivities = (db: Db, unitCode: string, limit: number): Promise<ActivityRow[]> =>
  db
    .selectFrom('teamActivity')
    .selectAll()
    .where('unitCode', '=', unitCode)
    .orderBy('heldOn', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
