import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { formatDate, formatDateTime, type LocalDate, weekday } from '../../../core/time.ts'
import type { AppointmentView } from '../appointment-schema.ts'
import { type AppointmentState, mayCancel } from '../policy/appointment-states.ts'
import { type AppointmentRow, type DeskRow, findDesk } from '../store/appointments.ts'
import { findProcedure } from '../store/procedures.ts'
import { calendarUrl } from './calendar-link.ts'

const MINUTE_MS = 60_000

/** The office's name in the language of the request. */
export const deskName = (ctx: Ctx, { nameVi, nameEn }: DeskRow): string =>
  ctx.language === 'en' ? nameEn : nameVi

/** `07:30` of an instant in Viet Nam. */
export const clockTime = (at: string): string => formatDateTime(new Date(at)).slice(0, 5)

/** `Thứ Tư 25/11`. */
export const dayLabel = (ctx: Ctx, day: LocalDate): string =>
  ctx.t(asKey(`appointments:weekday.${weekday(day)}`), { date: formatDate(day).slice(0, 5) })

export const appointmentStateText = (ctx: Ctx, state: AppointmentState): string =>
  ctx.t(asKey(`appointments:state.${state}`))

export const slotEnd = (row: AppointmentRow, slotMinutes: number): Date =>
  new Date(Date.parse(row.slotAt) + slotMinutes * MINUTE_MS)

/** An appointment as its person sees it, in the language of the request. */
export async function viewAppointment(ctx: Ctx, row: AppointmentRow): Promise<AppointmentView> {
  const desk = await findDesk(ctx.db, row.officeId)
  if (desk === undefined) throw new Error(`no desk ${row.officeId}`)
  const procedure =
    row.procedureCode === null ? undefined : await findProcedure(ctx.db, row.procedureCode)
  return {
    id: row.id,
    code: row.code,
    state: row.state,
    stateText: appointmentStateText(ctx, row.state),
    officeName: deskName(ctx, desk),
    address: desk.addressVi,
    startAt: row.slotAt,
    endAt: slotEnd(row, desk.slotMinutes).toISOString(),
    whenText: formatDateTime(new Date(row.slotAt)),
    queueNumber: row.queueNumber,
    ...(procedure === undefined
      ? {}
      : {
          procedure: {
            code: procedure.code,
            name: ctx.language === 'en' ? procedure.nameEn : procedure.nameVi,
            papers: procedure.papers,
          },
        }),
    mayCancel: mayCancel(row, ctx.now()),
    calendarUrl: await calendarUrl(ctx, 'appointment', row.id),
  }
}
