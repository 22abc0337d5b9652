import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { toIcs } from '../../../core/ics.ts'
import { randomSigns } from '../../../core/ids.ts'
import { formatDateTime, localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { loadCalendar } from '../../areas/index.ts'
import { requireSelf } from '../../identity/index.ts'
import { type AppointmentView, BookAppointment, type DeskView } from '../appointment-schema.ts'
import { mayCancel } from '../policy/appointment-states.ts'
import { bookableDays, freeSeats, seatFor, slotsOf } from '../policy/slots.ts'
import {
  type AppointmentRow,
  type DeskRow,
  findAppointment,
  findDesk,
  insertAppointment,
  listAppointmentsOf,
  listBookedOf,
  listDesks,
  listTaken,
  lockAppointment,
  lockDesk,
  moveAppointment,
} from '../store/appointments.ts'
import { findProcedure } from '../store/procedures.ts'
import { clockTime, dayLabel, deskName, slotEnd, viewAppointment } from './appointment-view.ts'
import { type Agreed, requireNotify } from './consent.ts'

/** Open appointments of one person: more would keep seats from others. */
const MAX_OPEN = 3
/** Bookings a person may make in a day, cancelled ones too: seats are not to be swept. */
const BOOKINGS_A_DAY = 10
const DAY_SECONDS = 86_400
const CODE_SIGNS = 6
const LISTED = 20

/** Desks of the unit that take appointments, each with its days that still have room. */
export async function listOpenDesks(ctx: Ctx): Promise<DeskView[]> {
  const desks = await listDesks(ctx.db, ctx.settings.homeUnitCode)
  const calendar = await loadCalendar(ctx.db)
  const now = ctx.now()
  return Promise.all(
    desks.map(async (desk) => {
      const all = bookableDays(localDate(now), desk.daysAhead)
      const [from = '', to = from] = [all[0], all.at(-1)]
      const taken = await listTaken(ctx.db, desk.officeId, { from, to })
      const days = all.map((day) => {
        const ofDay = taken.filter((one) => one.day === day)
        const slots = slotsOf(day, desk, calendar)
          .filter(({ startAt }) => startAt > now)
          .map((slot) => ({
            startAt: slot.startAt.toISOString(),
            time: clockTime(slot.startAt.toISOString()),
            free: freeSeats(slot, desk.seats, ofDay),
          }))
        return { day, label: dayLabel(ctx, day), slots }
      })
      const { officeId, addressVi, slotMinutes, seats, daysAhead } = desk
      return {
        officeId,
        name: deskName(ctx, desk),
        address: addressVi,
        slotMinutes,
        seats,
        daysAhead,
        days: days.filter(({ slots }) => slots.some(({ free }) => free > 0)),
      }
    }),
  )
}

/** The slot that begins at `startAt`, still ahead and within the days that may be booked. */
async function findSlot(tx: Ctx, desk: DeskRow, startAt: Date) {
  const day = localDate(startAt)
  const isOpenDay = bookableDays(localDate(tx.now()), desk.daysAhead).includes(day)
  if (!isOpenDay || startAt <= tx.now()) throw new AppError('dossiers.slot_unknown')
  const slots = slotsOf(day, desk, await loadCalendar(tx.db))
  const slot = slots.find((one) => one.startAt.getTime() === startAt.getTime())
  if (slot === undefined) throw new AppError('dossiers.slot_unknown')
  return { slot, day }
}

async function limitBookings(ctx: Ctx, residentId: string): Promise<void> {
  const key = `dossiers.book:${residentId}`
  const taken = await ctx.ports.limits.take(key, BOOKINGS_A_DAY, DAY_SECONDS)
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  const seconds = Math.ceil(retryAfterSeconds)
  throw new AppError('http.rate_limited', { params: { seconds }, retryAfterSeconds })
}

/**
 * Books a time at a desk with a number in its queue. The same time again is the same appointment. Needs consent to
 * `notify`. Throws `dossiers.desk_unknown`, `slot_unknown` (no such time, or past), `slot_full`, `appointment_twice` (one a
 * day), `too_many_appointments`, `procedure_unknown`, `http.rate_limited`, `identity.consent_missing`.
 */
export async function bookAppointment(
  ctx: Ctx,
  input: { residentId: string; agreed?: Agreed } & Omit<BookAppointment, 'consentVersion'>,
): Promise<AppointmentView> {
  const { residentId, agreed, ...rest } = input
  requireSelf(ctx, residentId)
  const { officeId, startAt, procedureCode } = parseInput(BookAppointment, rest)
  await limitBookings(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    await requireNotify(tx, residentId, agreed)
    await lockDesk(tx.db, officeId)
    const desk = await findDesk(tx.db, officeId)
    if (desk === undefined) throw new AppError('dossiers.desk_unknown')
    const { slot, day } = await findSlot(tx, desk, new Date(startAt))
    const booked = await listBookedOf(tx.db, residentId)
    const sameDay = booked.find((one) => one.officeId === officeId && one.day === day)
    if (sameDay !== undefined) {
      if (Date.parse(sameDay.slotAt) === slot.startAt.getTime()) return viewAppointment(tx, sameDay)
      throw new AppError('dossiers.appointment_twice')
    }
    if (booked.length >= MAX_OPEN)
      throw new AppError('dossiers.too_many_appointments', { params: { max: MAX_OPEN } })
    if (procedureCode !== undefined && (await findProcedure(tx.db, procedureCode)) === undefined)
      throw new AppError('dossiers.procedure_unknown')
    const taken = await listTaken(tx.db, officeId, { from: day, to: day })
    const place = seatFor(slot, desk.seats, taken)
    if (place === undefined) throw new AppError('dossiers.slot_full')
    const now = tx.now()
    const row = await insertAppointment(tx.db, {
      id: tx.newId(),
      code: randomSigns(CODE_SIGNS, tx.ports.random),
      officeId,
      day,
      slotAt: slot.startAt,
      ...place,
      residentId,
      procedureCode: procedureCode ?? null,
      state: 'booked',
      version: 1,
      createdAt: now,
      updatedAt: now,
    })
    await audit(tx, {
      action: 'dossiers.appointment_booked',
      subjectKind: 'appointment',
      subjectId: row.id,
      data: { residentId, officeId, day },
    })
    return viewAppointment(tx, row)
  })
}

/** What a person has booked and had, the latest first. */
export async function listOwnAppointments(
  ctx: Ctx,
  input: { residentId: string },
): Promise<AppointmentView[]> {
  requireSelf(ctx, input.residentId)
  const rows = await listAppointmentsOf(ctx.db, input.residentId, LISTED)
  return Promise.all(rows.map((row) => viewAppointment(ctx, row)))
}

/**
 * Gives a time back; cancelled again it is the same. Throws `dossiers.appointment_unknown` for somebody else's and none
 * alike, `dossiers.appointment_moved` once its time has come.
 */
export async function cancelAppointment(
  ctx: Ctx,
  input: { residentId: string; id: string },
): Promise<AppointmentView> {
  const { residentId, id } = input
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    const row = await lockAppointment(tx.db, id)
    if (row?.residentId !== residentId) throw new AppError('dossiers.appointment_unknown')
    if (row.state === 'cancelled') return viewAppointment(tx, row)
    if (!mayCancel(row, tx.now())) throw new AppError('dossiers.appointment_moved')
    const moved = await moveAppointment(tx.db, id, { state: 'cancelled', now: tx.now() })
    await audit(tx, {
      action: 'dossiers.appointment_cancelled',
      subjectKind: 'appointment',
      subjectId: id,
      data: { residentId },
    })
    return viewAppointment(tx, moved)
  })
}

/** An appointment for a phone's calendar (RFC 5545). Throws `http.not_found`. */
export async function appointmentCalendar(ctx: Ctx, id: string): Promise<string> {
  const row = await findAppointment(ctx.db, id)
  const desk = row && (await findDesk(ctx.db, row.officeId))
  if (row === undefined || desk === undefined) throw new AppError('http.not_found')
  return toIcs(icsOf(ctx, row, desk), ctx.now())
}

function icsOf(ctx: Ctx, row: AppointmentRow, desk: DeskRow): Parameters<typeof toIcs>[0] {
  const at = formatDateTime(new Date(row.slotAt))
  return {
    uid: `appointment-${row.id}@loa`,
    summary: ctx.t('appointments:ics', { office: deskName(ctx, desk) }),
    description: ctx.t('appointments:ics.about', { number: row.queueNumber, code: row.code, at }),
    location: desk.addressVi,
    when: { startAt: new Date(row.slotAt), endAt: slotEnd(row, desk.slotMinutes) },
    sequence: row.version,
    isCancelled: row.state === 'cancelled',
  }
}
