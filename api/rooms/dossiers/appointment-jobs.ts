import type { Ctx } from '../../context.ts'
import { addDays, localDate } from '../../core/time.ts'
import { audit } from '../../db/audit.ts'
import { inTransaction } from '../../db/transaction.ts'
import { deliver } from '../delivery/index.ts'
import { appointmentMessage } from './messages/appointment.ts'
import { viewAppointment } from './service/appointment-view.ts'
import {
  type AppointmentRow,
  deleteAppointmentsBefore,
  findUnremindedAppointments,
  lockAppointment,
  markAppointmentReminded,
  missUnattended,
} from './store/appointments.ts'

const BATCH = 300
const HOUR_MS = 3_600_000
/** Reminded of a day ahead, while there is time to gather papers or give the time back. */
const REMIND_BEFORE_MS = 24 * HOUR_MS
/** Later than this a reminder would come on the way. */
const NO_LATER_MS = HOUR_MS
/** Whoever has just booked knows. */
const BOOKED_BEFORE_MS = 3 * HOUR_MS
/** Days after which an appointment is nobody's business any more. */
const KEPT_DAYS = 90

/** Reminds of times within a day, once each; returns how many. */
export async function remindAppointments(ctx: Ctx): Promise<number> {
  const now = ctx.now().getTime()
  const due = await findUnremindedAppointments(ctx.db, {
    from: new Date(now + NO_LATER_MS),
    until: new Date(now + REMIND_BEFORE_MS),
    bookedBefore: new Date(now - BOOKED_BEFORE_MS),
    limit: BATCH,
  })
  let told = 0
  for (const { id } of due) {
    try {
      if (await inTransaction(ctx, (tx) => remind(tx, id))) told += 1
    } catch (error) {
      ctx.log.error('dossiers.appointment_reminder_failed', { appointmentId: id, error })
    }
  }
  return told
}

async function remind(tx: Ctx, id: string): Promise<boolean> {
  const row = await lockAppointment(tx.db, id)
  if (row?.state !== 'booked' || row.remindedAt !== null) return false
  const views = { vi: await viewIn(tx, row, 'vi'), en: await viewIn(tx, row, 'en') }
  await deliver(tx, {
    residentId: row.residentId,
    kind: 'appointment_step',
    lane: 'notice',
    message: (language) => appointmentMessage(tx.translate(language), views[language], 'near'),
    dedupeKey: `appointment:${id}:near`,
    expiresAt: new Date(row.slotAt),
  })
  await markAppointmentReminded(tx.db, id, tx.now())
  return true
}

const viewIn = (tx: Ctx, row: AppointmentRow, language: 'vi' | 'en') =>
  viewAppointment({ ...tx, language, t: tx.translate(language) }, row)

/** Each night: who did not come is marked so, what is old is deleted; returns how many changed. */
export async function closeAppointments(ctx: Ctx): Promise<number> {
  const today = localDate(ctx.now())
  return inTransaction(ctx, async (tx) => {
    const missed = await missUnattended(tx.db, today, tx.now())
    const deleted = await deleteAppointmentsBefore(tx.db, addDays(today, -KEPT_DAYS))
    if (missed + deleted > 0)
      await audit(tx, {
        action: 'dossiers.appointments_closed',
        subjectKind: 'appointments',
        subjectId: today,
        data: { missed, deleted },
      })
    return missed + deleted
  })
}
