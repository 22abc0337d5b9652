import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'
import type { Reach } from '../identity/index.ts'
import type { ReminderStep } from './policy/reminders.ts'

export type AlertRow = Selectable<Database['alert']>
export type NewAlert = Insertable<Database['alert']>

export const insertAlert = (db: Db, row: NewAlert): Promise<AlertRow> =>
  db.insertInto('alert').values(row).returningAll().executeTakeFirstOrThrow()

export const findAlert = (db: Db, id: string): Promise<AlertRow | undefined> =>
  db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst()

/** Locked until the transaction ends. */
export const lockAlert = (db: Db, id: string): Promise<AlertRow | undefined> =>
  db.selectFrom('alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Changes a locked message; the row as it is then. */
export const saveAlert = (
  db: Db,
  id: string,
  set: Updateable<Database['alert']>,
): Promise<AlertRow> =>
  db
    .updateTable('alert')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

const WARNS = ['alert', 'update'] as const

const inForce = (db: Db, now: Date) =>
  db
    .selectFrom('alert')
    .selectAll()
    .where('state', '=', 'issued')
    .where('supersededBy', 'is', null)
    .where('messageType', 'in', [...WARNS])
    .where('expiresAt', '>', now.toISOString())

/** Every warning that holds now, the gravest first. */
export const findInForce = (db: Db, now: Date): Promise<AlertRow[]> =>
  inForce(db, now).orderBy('level', 'desc').orderBy('issuedAt', 'desc').execute()

export type After = { issuedAt: string; id: string }

/** Issued messages, newest first. */
export async function findIssued(
  db: Db,
  { limit, after }: { limit: number; after?: After },
): Promise<AlertRow[]> {
  return db
    .selectFrom('alert')
    .selectAll()
    .where('state', '=', 'issued')
    .$if(after !== undefined, (qb) =>
      qb.where(
        sql<boolean>`(issued_at, id) < (${after?.issuedAt}::timestamptz, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('issuedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Issued messages of a warning that came before one, oldest first. */
export const findEarlier = (db: Db, { threadId, issuedAt }: AlertRow): Promise<AlertRow[]> =>
  db
    .selectFrom('alert')
    .selectAll()
    .where('threadId', '=', threadId)
    .where('state', '=', 'issued')
    .$if(issuedAt !== null, (qb) => qb.where('issuedAt', '<', issuedAt ?? ''))
    .orderBy('issuedAt')
    .execute()

/** The highest level that was told of a warning so far; 0 when nothing was. */
export async function highestOfThread(db: Db, threadId: string): Promise<number> {
  const row = await db
    .selectFrom('alert')
    .select(({ fn }) => fn.max<number | null>('level').as('level'))
    .where('threadId', '=', threadId)
    .where('state', '=', 'issued')
    .executeTakeFirst()
  return row?.level ?? 0
}

/** Drafts and proposals in reach, oldest first. */
export async function findOpen(db: Db, reach: Reach): Promise<AlertRow[]> {
  if (!reach.isEverything && reach.unitCode === undefined) return []
  return db
    .selectFrom('alert')
    .selectAll()
    .where('state', 'in', ['draft', 'proposed'])
    .$if(!reach.isEverything, (qb) => qb.where('unitCode', '=', reach.unitCode ?? ''))
    .orderBy('createdAt')
    .orderBy('id')
    .limit(200)
    .execute()
}

/** What is told of a station now: its newest issued message; locked. */
export const lockNewestOfStation = (db: Db, stationCode: string): Promise<AlertRow | undefined> =>
  db
    .selectFrom('alert')
    .selectAll()
    .where('stationCode', '=', stationCode)
    .where('state', '=', 'issued')
    .where('supersededBy', 'is', null)
    .orderBy('issuedAt', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** Stations that speak by themselves and whose word ends within this span. */
export async function findStationsEnding(
  db: Db,
  span: { from: Date; to: Date },
): Promise<string[]> {
  const rows = await db
    .selectFrom('alert')
    .innerJoin('alertStation', 'alertStation.stationCode', 'alert.stationCode')
    .select('alertStation.stationCode')
    .where('alertStation.isAutomatic', '=', true)
    .where('alert.state', '=', 'issued')
    .where('alert.supersededBy', 'is', null)
    .where('alert.messageType', 'in', ['alert', 'update'])
    .where('alert.expiresAt', '>', span.from.toISOString())
    .where('alert.expiresAt', '<=', span.to.toISOString())
    .execute()
  return rows.map(({ stationCode }) => stationCode)
}

/** Drafts of a station that wait for somebody, locked. */
export const lockOpenOfStation = (db: Db, stationCode: string): Promise<AlertRow[]> =>
  db
    .selectFrom('alert')
    .selectAll()
    .where('stationCode', '=', stationCode)
    .where('state', 'in', ['draft', 'proposed'])
    .forUpdate()
    .execute()

/** Issued messages whose dispatch was made and not yet begun, oldest first. */
export const findUnsent = (db: Db, limit: number): Promise<AlertRow[]> =>
  db
    .selectFrom('alert')
    .selectAll()
    .where('dispatchId', 'is not', null)
    .where('dispatchStartedAt', 'is', null)
    .orderBy('issuedAt')
    .limit(limit)
    .execute()

export async function isStationAutomatic(db: Db, stationCode: string): Promise<boolean> {
  const row = await db
    .selectFrom('alertStation')
    .select('isAutomatic')
    .where('stationCode', '=', stationCode)
    .executeTakeFirst()
  return row?.isAutomatic ?? false
}

/** Rivers that speak by themselves. */
export async function findAutomaticStations(db: Db): Promise<string[]> {
  const modes = await findStationModes(db)
  return modes.filter(({ isAutomatic }) => isAutomatic).map(({ stationCode }) => stationCode)
}

export const findStationModes = (db: Db) =>
  db.selectFrom('alertStation').select(['stationCode', 'isAutomatic']).execute()

export async function saveStationMode(
  db: Db,
  mode: { stationCode: string; isAutomatic: boolean },
  now: Date,
): Promise<void> {
  await db
    .insertInto('alertStation')
    .values({ ...mode, changedAt: now })
    .onConflict((oc) =>
      oc.column('stationCode').doUpdateSet({ isAutomatic: mode.isAutomatic, changedAt: now }),
    )
    .execute()
}

export type ReminderRow = { alertId: string; step: ReminderStep; told: number; toldAt: string }

export async function findReminders(db: Db, alertIds: readonly string[]): Promise<ReminderRow[]> {
  if (alertIds.length === 0) return []
  return db
    .selectFrom('alertReminder')
    .selectAll()
    .where('alertId', 'in', [...alertIds])
    .execute()
}

/** True when nobody was told of this step before. */
export async function insertReminder(
  db: Db,
  row: { alertId: string; step: ReminderStep; told: number; toldAt: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('alertReminder')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
