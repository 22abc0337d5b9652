import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { AppointmentState } from '../policy/appointment-states.ts'
import type { Hours, Taken } from '../policy/slots.ts'

export type AppointmentRow = Selectable<Database['appointment']>

/** A desk that people may book, with the office that it stands in. */
export type DeskRow = {
  officeId: string
  unitCode: string
  nameVi: string
  nameEn: string
  addressVi: string
  hours: Hours
  slotMinutes: number
  seats: number
  daysAhead: number
}

const desks = (db: Db) =>
  db
    .selectFrom('appointmentDesk as d')
    .innerJoin('areaOffice as o', 'o.id', 'd.officeId')
    .select([
      'd.officeId',
      'o.unitCode',
      'o.nameVi',
      'o.nameEn',
      'o.addressVi',
      'o.hours',
      'd.slotMinutes',
      'd.seats',
      'd.daysAhead',
    ])

export const listDesks = (db: Db, unitCode: string): Promise<DeskRow[]> =>
  desks(db).where('o.unitCode', '=', unitCode).orderBy('o.nameVi').execute()

export const findDesk = (db: Db, officeId: string): Promise<DeskRow | undefined> =>
  desks(db).where('d.officeId', '=', officeId).executeTakeFirst()

/** One booking after the other at one desk; the unique indexes hold whoever forgets it. */
export async function lockDesk(db: Db, officeId: string): Promise<void> {
  await db
    .selectFrom('appointmentDesk')
    .select('officeId')
    .where('officeId', '=', officeId)
    .forUpdate()
    .execute()
}

export async function saveDeskRow(
  db: Db,
  row: Insertable<Database['appointmentDesk']>,
): Promise<void> {
  const { officeId, ...rest } = row
  await db
    .insertInto('appointmentDesk')
    .values(row)
    .onConflict((oc) => oc.column('officeId').doUpdateSet(rest))
    .execute()
}

/** What is booked at a desk from one day to another, both included; `day` beside each. */
export const listTaken = (
  db: Db,
  officeId: string,
  days: { from: string; to: string },
): Promise<(Taken & { day: string })[]> =>
  db
    .selectFrom('appointment')
    .select(['day', 'slotAt', 'seat', 'queueNumber'])
    .where('officeId', '=', officeId)
    .where('day', '>=', days.from)
    .where('day', '<=', days.to)
    .where('state', '<>', 'cancelled')
    .execute()

export async function insertAppointment(
  db: Db,
  row: Insertable<Database['appointment']>,
): Promise<AppointmentRow> {
  return db.insertInto('appointment').values(row).returningAll().executeTakeFirstOrThrow()
}

/** What a person has booked, the next one first. */
export const listBookedOf = (db: Db, residentId: string): Promise<AppointmentRow[]> =>
  db
    .selectFrom('appointment')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('state', '=', 'booked')
    .orderBy('slotAt')
    .execute()

/** All of a person's, the latest first. */
export const listAppointmentsOf = (
  db: Db,
  residentId: string,
  limit: number,
): Promise<AppointmentRow[]> =>
  db
    .selectFrom('appointment')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('slotAt', 'desc')
    .limit(limit)
    .execute()

export const findAppointment = (db: Db, id: string): Promise<AppointmentRow | undefined> =>
  db.selectFrom('appointment').selectAll().where('id', '=', id).executeTakeFirst()

export const lockAppointment = (db: Db, id: string): Promise<AppointmentRow | undefined> =>
  db.selectFrom('appointment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const moveAppointment = (
  db: Db,
  id: string,
  to: { state: AppointmentState; now: Date },
): Promise<AppointmentRow> =>
  db
    .updateTable('appointment')
    .set((eb) => ({
      state: to.state,
      updatedAt: to.now,
      version: eb('version', '+', 1),
      ...(to.state === 'called' ? { calledAt: to.now } : {}),
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** The day's queue by number, without what was cancelled. */
export const listQueue = (db: Db, officeId: string, day: string): Promise<AppointmentRow[]> =>
  db
    .selectFrom('appointment')
    .selectAll()
    .where('officeId', '=', officeId)
    .where('day', '=', day)
    .where('state', '<>', 'cancelled')
    .orderBy('queueNumber')
    .execute()

/** The lowest number among those who wait; another counter that calls at the same moment gets the next one. */
export const lockNextWaiting = (
  db: Db,
  officeId: string,
  day: string,
): Promise<AppointmentRow | undefined> =>
  db
    .selectFrom('appointment')
    .selectAll()
    .where('officeId', '=', officeId)
    .where('day', '=', day)
    .where('state', '=', 'arrived')
    .orderBy('queueNumber')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

/** Booked ones between two instants that were not reminded of, and were booked before `bookedBefore`. */
export const findUnremindedAppointments = (
  db: Db,
  window: { from: Date; until: Date; bookedBefore: Date; limit: number },
): Promise<{ id: string }[]> =>
  db
    .selectFrom('appointment')
    .select('id')
    .where('state', '=', 'booked')
    .where('remindedAt', 'is', null)
    .where('slotAt', '>', window.from.toISOString())
    .where('slotAt', '<=', window.until.toISOString())
    .where('createdAt', '<=', window.bookedBefore.toISOString())
    .orderBy('slotAt')
    .limit(window.limit)
    .execute()

export async function markAppointmentReminded(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('appointment').set({ remindedAt: now }).where('id', '=', id).execute()
}

/** Nobody came until the day was over. */
export async function missUnattended(db: Db, before: string, now: Date): Promise<number> {
  const ended = await db
    .updateTable('appointment')
    .set((eb) => ({ state: 'missed', updatedAt: now, version: eb('version', '+', 1) }))
    .where('state', '=', 'booked')
    .where('day', '<', before)
    .returning('id')
    .execute()
  return ended.length
}

export async function deleteAppointmentsBefore(db: Db, day: string): Promise<number> {
  const gone = await db.deleteFrom('appointment').where('day', '<', day).returning('id').execute()
  return gone.length
}

/** One person's are another's now; of two on one day at one desk the later made one ends. */
export async function moveAppointments(db: Db, fromId: string, intoId: string): Promise<void> {
  await sql`
    update appointment a set state = 'cancelled', version = version + 1
    where a.resident_id = ${fromId}::uuid and a.state = 'booked' and exists (
      select 1 from appointment o where o.resident_id = ${intoId}::uuid and o.state = 'booked'
        and o.office_id = a.office_id and o.day = a.day)`.execute(db)
  await db
    .updateTable('appointment')
    .set({ residentId: intoId })
    .where('residentId', '=', fromId)
    .execute()
}

/** Of an erased person nothing is left; how many. */
export async function deleteAppointmentsOf(db: Db, residentId: string): Promise<number> {
  const gone = await db
    .deleteFrom('appointment')
    .where('residentId', '=', residentId)
    .returning('id')
    .execute()
  return gone.length
}
