import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import {
  DeskSetting,
  MoveAppointment,
  Queue,
  QueueItem,
  QueueQuery,
  SaveDesk,
} from './appointment-schema.ts'
import { callNext, getQueue, listDeskSettings, moveInQueue, saveDesk } from './service/queue.ts'

const tags = ['dossiers']
const RIGHTS = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const

const queue = createRoute({
  method: 'get',
  path: '/appointments/queue',
  operationId: 'getAppointmentQueue',
  summary: 'The queue of a desk on a day, by number; names of nobody',
  tags,
  request: { query: QueueQuery },
  responses: { 200: json(Queue, 'The queue'), ...problems(...RIGHTS, 'dossiers.desk_unknown') },
})

const next = createRoute({
  method: 'post',
  path: '/appointments/queue/next',
  operationId: 'callNextAppointment',
  summary: 'Call the lowest number that waits',
  tags,
  request: { body: jsonBody(z.object({ officeId: z.uuid() })) },
  responses: {
    200: json(z.object({ called: QueueItem.nullable() }), 'Who was called; null: nobody waits'),
    ...problems(...RIGHTS, 'dossiers.desk_unknown'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/appointments/{id}/state',
  operationId: 'moveAppointment',
  summary: 'Arrived, called, served, missed, or cancelled by the desk (its person is told)',
  tags,
  request: { params: z.object({ id: z.uuid() }), body: jsonBody(MoveAppointment) },
  responses: {
    204: { description: 'Done; the same again changes nothing' },
    ...problems(...RIGHTS, 'dossiers.appointment_unknown', 'dossiers.appointment_moved'),
  },
})

const save = createRoute({
  method: 'put',
  path: '/appointments/desks',
  operationId: 'saveAppointmentDesk',
  summary: 'How a desk takes people: length of a slot, seats, days ahead',
  tags,
  request: { body: jsonBody(SaveDesk) },
  responses: {
    204: { description: 'Saved' },
    ...problems(...RIGHTS, 'dossiers.desk_unknown'),
  },
})

const settings = createRoute({
  method: 'get',
  path: '/appointments/desks/settings',
  operationId: 'listAppointmentDeskSettings',
  summary: 'Offices, and how each takes people',
  tags,
  responses: {
    200: json(z.object({ offices: z.array(DeskSetting) }), 'The offices'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

/** The desk's side of appointments. */
export function queueRoutes() {
  return newRouter()
    .openapi(queue, async (c) => c.json(await getQueue(c.var.ctx, c.req.valid('query')), 200))
    .openapi(next, async (c) => {
      const called = await callNext(c.var.ctx, c.req.valid('json'))
      return c.json({ called: called ?? null }, 200)
    })
    .openapi(move, async (c) => {
      await moveInQueue(c.var.ctx, { ...c.req.valid('param'), ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(settings, async (c) => {
      return c.json({ offices: await listDeskSettings(c.var.ctx) }, 200)
    })
    .openapi(save, async (c) => {
      await saveDesk(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
}
