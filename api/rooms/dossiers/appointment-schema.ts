import { z } from 'zod'
import { APPOINTMENT_STATES } from './policy/appointment-states.ts'

/** Shapes of appointments at the desk. Times are ISO instants with `Z`; a day is `YYYY-MM-DD` in Viet Nam. */
const Day = z.iso.date()

export const DeskView = z
  .object({
    officeId: z.string(),
    name: z.string(),
    address: z.string(),
    slotMinutes: z.number().int(),
    seats: z.number().int(),
    daysAhead: z.number().int(),
    days: z.array(
      z.object({
        day: Day,
        label: z.string().meta({ example: 'Thứ Tư 25/11' }),
        slots: z.array(
          z.object({
            startAt: z.string(),
            time: z.string().meta({ example: '07:30' }),
            free: z.number().int(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'AppointmentDesk' })
export type DeskView = z.infer<typeof DeskView>

export const SaveDesk = z.object({
  officeId: z.uuid(),
  slotMinutes: z.number().int().min(5).max(240),
  seats: z.number().int().min(1).max(50),
  daysAhead: z.number().int().min(1).max(60),
})
export type SaveDesk = z.infer<typeof SaveDesk>

export const DeskSetting = z.object({
  officeId: z.string(),
  name: z.string(),
  desk: SaveDesk.omit({ officeId: true }).nullable(),
})
export type DeskSetting = z.infer<typeof DeskSetting>

export const BookAppointment = z.object({
  officeId: z.uuid(),
  startAt: z.iso.datetime({ offset: true }),
  procedureCode: z.string().max(40).optional(),
  consentVersion: z.number().int().positive().optional(),
})
export type BookAppointment = z.infer<typeof BookAppointment>

export const AppointmentView = z
  .object({
    id: z.string(),
    code: z.string().meta({ example: 'K7M2PX' }),
    state: z.enum(APPOINTMENT_STATES),
    stateText: z.string(),
    officeName: z.string(),
    address: z.string(),
    startAt: z.string(),
    endAt: z.string(),
    whenText: z.string().meta({ example: '07:30 30/11/2026' }),
    queueNumber: z.number().int(),
    procedure: z
      .object({ code: z.string(), name: z.string(), papers: z.array(z.string()) })
      .optional(),
    mayCancel: z.boolean(),
    calendarUrl: z.string().describe('An iCalendar file; whoever has the address can read it'),
  })
  .meta({ id: 'Appointment' })
export type AppointmentView = z.infer<typeof AppointmentView>

export const AppointmentList = z.object({ items: z.array(AppointmentView) })

export const QueueQuery = z.object({ officeId: z.uuid().optional(), day: Day.optional() })

export type QueueQuery = z.infer<typeof QueueQuery>

export const QueueItem = z
  .object({
    id: z.string(),
    code: z.string(),
    queueNumber: z.number().int(),
    startAt: z.string(),
    time: z.string(),
    state: z.enum(APPOINTMENT_STATES),
    stateText: z.string(),
    next: z.array(z.enum(APPOINTMENT_STATES)).describe('What it may become now'),
    procedureName: z.string().optional(),
    calledAt: z.string().optional(),
  })
  .meta({ id: 'QueueItem' })
export type QueueItem = z.infer<typeof QueueItem>

export const Queue = z
  .object({
    day: Day,
    desk: z.object({
      officeId: z.string(),
      name: z.string(),
      slotMinutes: z.number().int(),
      seats: z.number().int(),
      daysAhead: z.number().int(),
    }),
    desks: z.array(z.object({ officeId: z.string(), name: z.string() })),
    counts: z.object({
      booked: z.number().int(),
      waiting: z.number().int(),
      called: z.number().int(),
      served: z.number().int(),
      missed: z.number().int(),
    }),
    items: z.array(QueueItem),
  })
  .meta({ id: 'AppointmentQueue' })
export type Queue = z.infer<typeof Queue>

export const MoveAppointment = z.object({ to: z.enum(APPOINTMENT_STATES) })
