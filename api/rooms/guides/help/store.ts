import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { HelpTally } from '../team/policy.ts'

export type HelpRow = Selectable<Database['helpRequest']>

const LIVE = ['open', 'taken'] as const

/** False when it was asked already. */
export async function insertHelp(
  db: Db,
  row: Insertable<Database['helpRequest']>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('helpRequest')
    .values(row)
    .onConflict((oc) => oc.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const findHelp = (db: Db, id: string): Promise<HelpRow | undefined> =>
  db.selectFrom('helpRequest').selectAll().where('id', '=', id).executeTakeFirst()

export const lockHelp = (db: Db, id: string): Promise<HelpRow | undefined> =>
  db.selectFrom('helpRequest').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const saveHelp = (
  db: Db,
  id: string,
  set: Updateable<Database['helpRequest']>,
): Promise<HelpRow> =>
  db
    .updateTable('helpRequest')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** A person's, the latest first. */
export const listHelpOf = (db: Db, residentId: string, limit: number): Promise<HelpRow[]> =>
  db
    .selectFrom('helpRequest')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('createdAt', 'desc')
    .limit(limit)
    .execute()

/** One request after the other of one person, until the transaction ends. */
export async function lockAsking(db: Db, residentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`help:${residentId}`}, 0))`.execute(db)
}

export const lockLiveOf = (db: Db, residentId: string): Promise<HelpRow[]> =>
  db
    .selectFrom('helpRequest')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('state', 'in', [...LIVE])
    .forUpdate()
    .execute()

/** What goes on in a unit: that of one member first, then what has waited longest. */
export const listLiveOfUnit = (
  db: Db,
  unitCode: string,
  member: string,
  limit: number,
): Promise<HelpRow[]> =>
  db
    .selectFrom('helpRequest')
    .selectAll()
    .where('unitCode', '=', unitCode)
    .where('state', 'in', [...LIVE])
    .orderBy(sql`taken_by is not distinct from ${member}::uuid`, 'desc')
    .orderBy('state')
    .orderBy('createdAt')
    .limit(limit)
    .execute()

/** What was asked since then in a unit, counted by hamlet. */
export const tallyHelp = (db: Db, unitCode: string, since: LocalDate): Promise<HelpTally[]> =>
  db
    .selectFrom('helpRequest')
    .select([
      'hamletId',
      sql<number>`count(*)::int`.as('asked'),
      sql<number>`(count(*) filter (where state = 'done'))::int`.as('done'),
      sql<number>`(count(*) filter (where state in ('open', 'taken')))::int`.as('waiting'),
    ])
    .where('unitCode', '=', unitCode)
    .where('createdAt', '>=', sql<string>`${since}::date`)
    .where('state', '<>', 'cancelled')
    .groupBy('hamletId')
    .execute()

/** What nobody saw to in time. */
export async function findStale(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('helpRequest')
    .select('id')
    .where('state', 'in', [...LIVE])
    .where('createdAt', '<', before.toISOString())
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

const NOBODY = { residentId: null, channel: null, place: null, phone: null, code: null } as const

/** Ended ones lead to nobody any more; hamlet, lesson and times stay. How many. */
export async function forgetEnded(
  db: Db,
  which: { endedBefore: Date } | { residentId: string },
): Promise<number> {
  const gone = await db
    .updateTable('helpRequest')
    .set(NOBODY)
    .where('endedAt', 'is not', null)
    .where('residentId', 'is not', null)
    .$if('endedBefore' in which, (query) =>
      'endedBefore' in which ? query.where('endedAt', '<', which.endedBefore.toISOString()) : query,
    )
    .$if('residentId' in which, (query) =>
      'residentId' in which ? query.where('residentId', '=', which.residentId) : query,
    )
    .returning('id')
    .execute()
  return gone.length
}

export async function moveHelpOwner(db: Db, fromId: string, intoId: string): Promise<void> {
  await db
    .updateTable('helpRequest')
    .set({ residentId: intoId })
    .where('residentId', '=', fromId)
    .execute()
}
