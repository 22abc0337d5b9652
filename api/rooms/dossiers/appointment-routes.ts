import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import {
  AppointmentList,
  AppointmentView,
  BookAppointment,
  DeskView,
} from './appointment-schema.ts'
import { ownId } from './own.ts'
import {
  appointmentCalendar,
  bookAppointment,
  cancelAppointment,
  listOpenDesks,
  listOwnAppointments,
} from './service/appointments.ts'
import { dossierCalendarById } from './service/calendar.ts'
import { requireCalendarLink } from './service/calendar-link.ts'

const tags = ['dossiers']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const

const desks = createRoute({
  method: 'get',
  path: '/appointments/desks',
  operationId: 'listAppointmentDesks',
  summary: 'Desks that take appointments, with the times that are free',
  tags,
  responses: { 200: json(z.object({ desks: z.array(DeskView) }), 'The desks') },
})

const list = createRoute({
  method: 'get',
  path: '/appointments',
  operationId: 'listAppointments',
  summary: 'The appointments of the person, the latest first',
  tags,
  responses: { 200: json(AppointmentList, 'The appointments'), ...problems(...OWN) },
})

const book = createRoute({
  method: 'post',
  path: '/appointments',
  operationId: 'bookAppointment',
  summary: 'Book a time at a desk; the same time again is the same appointment',
  tags,
  request: { body: jsonBody(BookAppointment) },
  responses: {
    201: json(AppointmentView, 'The appointment with its queue number'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'http.rate_limited',
      'identity.consent_missing',
      'identity.consent_stale',
      'dossiers.desk_unknown',
      'dossiers.slot_unknown',
      'dossiers.slot_full',
      'dossiers.appointment_twice',
      'dossiers.too_many_appointments',
      'dossiers.procedure_unknown',
    ),
  },
})

const cancel = createRoute({
  method: 'post',
  path: '/appointments/{id}/cancel',
  operationId: 'cancelAppointment',
  summary: 'Give a time back',
  tags,
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    200: json(AppointmentView, 'The appointment'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'dossiers.appointment_unknown',
      'dossiers.appointment_moved',
    ),
  },
})

const calendar = createRoute({
  method: 'get',
  path: '/calendar/{subject}/{id}/{file}',
  operationId: 'getCalendarFile',
  summary: 'A calendar file by the signed address that its person was given',
  tags,
  request: {
    params: z.object({
      subject: z.enum(['appointment', 'dossier']),
      id: z.uuid(),
      file: z.string().regex(/^[0-9a-f]{32}\.ics$/),
    }),
  },
  responses: {
    200: {
      description: 'iCalendar (RFC 5545)',
      content: { 'text/calendar': { schema: z.string() } },
    },
    ...problems('http.invalid_input', 'http.not_found'),
  },
})

/** Times at the desk, for residents. */
export function appointmentRoutes() {
  return newRouter()
    .openapi(desks, async (c) => c.json({ desks: await listOpenDesks(c.var.ctx) }, 200))
    .openapi(list, async (c) => {
      const { ctx } = c.var
      return c.json({ items: await listOwnAppointments(ctx, { residentId: ownId(ctx) }) }, 200)
    })
    .openapi(book, async (c) => {
      const { ctx } = c.var
      const { consentVersion, ...rest } = c.req.valid('json')
      const agreed =
        consentVersion === undefined
          ? {}
          : { agreed: { version: consentVersion, channel: 'miniapp' } }
      const view = await bookAppointment(ctx, { ...rest, ...agreed, residentId: ownId(ctx) })
      return c.json(view, 201)
    })
    .openapi(cancel, async (c) => {
      const { ctx } = c.var
      const { id } = c.req.valid('param')
      return c.json(await cancelAppointment(ctx, { residentId: ownId(ctx), id }), 200)
    })
    .openapi(calendar, async (c) => {
      const { ctx } = c.var
      const { subject, id, file } = c.req.valid('param')
      await requireCalendarLink(ctx, { subject, id, signature: file.slice(0, -'.ics'.length) })
      const text =
        subject === 'appointment'
          ? await appointmentCalendar(ctx, id)
          : await dossierCalendarById(ctx, id)
      return c.body(text, 200, {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'attachment; filename="loa.ics"',
      })
    })
}

export type AppointmentsClient = ReturnType<typeof appointmentRoutes>
