import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { AgencyInput, OfficeInput, saveAgency, saveOffice } from '../../areas/index.ts'
import {
  createPartnerKey,
  NewKey,
  removeTemplate,
  revokePartnerKey,
  SaveLadder,
  SaveRoute,
  SaveTemplate,
  saveLadder,
  saveRoute,
  saveTemplate,
} from '../../incidents/index.ts'
import { saveRetention } from './retention.ts'
import { CalendarDay, HamletInput, Population, SaveRetention, Settings } from './schema.ts'
import {
  readSettings,
  removeCalendarDay,
  saveCalendarDay,
  saveHamlet,
  savePopulation,
} from './service.ts'

const tags = ['console']
const denied = ['http.unauthenticated', 'http.forbidden'] as const
const invalid = ['http.invalid_input', ...denied] as const
const saved = { 204: { description: 'Kept, and recorded' } }

const read = createRoute({
  method: 'get',
  path: '/console/settings',
  operationId: 'readSettings',
  summary: 'Agencies, routes with terms, calendar, residents of units, reminders, keys of partners',
  tags,
  responses: { 200: json(Settings, 'All of it'), ...problems(...denied) },
})

const agency = createRoute({
  method: 'put',
  path: '/console/settings/agencies',
  operationId: 'saveAgency',
  summary: 'Add or change an agency; cases keep the one that they were given',
  tags,
  request: { body: jsonBody(AgencyInput) },
  responses: { ...saved, ...problems(...invalid) },
})

const office = createRoute({
  method: 'put',
  path: '/console/settings/offices',
  operationId: 'saveOffice',
  summary: 'Add an office or change the one of the same agency, unit and name',
  tags,
  request: { body: jsonBody(OfficeInput) },
  responses: { ...saved, ...problems(...invalid) },
})

const hamlet = createRoute({
  method: 'put',
  path: '/console/settings/hamlets',
  operationId: 'saveHamlet',
  summary: 'Add a hamlet or change the one of the same unit, name and first day',
  tags,
  request: { body: jsonBody(HamletInput) },
  responses: { ...saved, ...problems(...invalid, 'areas.invalid_import') },
})

const route = createRoute({
  method: 'put',
  path: '/console/settings/routes',
  operationId: 'saveRoute',
  summary: 'Where a category goes and its term; accepted cases keep their term',
  tags,
  request: { body: jsonBody(SaveRoute) },
  responses: { ...saved, ...problems(...invalid, 'incidents.agency_unknown') },
})

const day = createRoute({
  method: 'put',
  path: '/console/settings/calendar',
  operationId: 'saveCalendarDay',
  summary: 'Add or change a holiday or a day worked in exchange',
  tags,
  request: { body: jsonBody(CalendarDay) },
  responses: { ...saved, ...problems(...invalid) },
})

const removeDay = createRoute({
  method: 'delete',
  path: '/console/settings/calendar/{date}',
  operationId: 'removeCalendarDay',
  summary: 'Take a day off the calendar',
  tags,
  request: { params: z.object({ date: z.string().max(10) }) },
  responses: { ...saved, ...problems(...denied) },
})

const population = createRoute({
  method: 'put',
  path: '/console/settings/populations',
  operationId: 'savePopulation',
  summary: 'Residents of a unit, with day and source',
  tags,
  request: { body: jsonBody(Population) },
  responses: { ...saved, ...problems(...invalid) },
})

const template = createRoute({
  method: 'put',
  path: '/console/settings/templates',
  operationId: 'saveTemplate',
  summary: 'Add or change an answer to begin with; names in braces are checked',
  tags,
  request: { body: jsonBody(SaveTemplate) },
  responses: { ...saved, ...problems(...invalid, 'http.not_found') },
})

const removeOne = createRoute({
  method: 'delete',
  path: '/console/settings/templates/{id}',
  operationId: 'removeTemplate',
  summary: 'Take an answer template off; given answers stay',
  tags,
  request: { params: z.object({ id: z.string().max(40) }) },
  responses: { ...saved, ...problems(...denied) },
})

const ladder = createRoute({
  method: 'put',
  path: '/console/settings/ladders',
  operationId: 'saveLadder',
  summary:
    'Who is told as a due day nears and passes, from a day on; the same day again replaces it',
  tags,
  request: { body: jsonBody(SaveLadder) },
  responses: { ...saved, ...problems(...invalid) },
})

const retention = createRoute({
  method: 'put',
  path: '/console/settings/retention',
  operationId: 'saveRetention',
  summary: 'How long a class of data is kept from a day on, within its bounds',
  tags,
  request: { body: jsonBody(SaveRetention) },
  responses: { ...saved, ...problems(...invalid) },
})

const key = createRoute({
  method: 'post',
  path: '/console/settings/keys',
  operationId: 'createPartnerKey',
  summary: 'A key for a partner system; its secret is in this answer only',
  tags,
  request: { body: jsonBody(NewKey) },
  responses: {
    201: json(z.object({ name: z.string(), secret: z.string() }), 'Shown once'),
    ...problems(...invalid, 'http.conflict'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/console/settings/keys/{name}',
  operationId: 'revokePartnerKey',
  summary: 'End a key at once',
  tags,
  request: { params: z.object({ name: z.string().max(100) }) },
  responses: { ...saved, ...problems(...denied, 'http.not_found') },
})

export const settingsRoutes = () =>
  newRouter()
    .openapi(read, async (c) => c.json(await readSettings(c.var.ctx), 200))
    .openapi(agency, async (c) => {
      await saveAgency(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(office, async (c) => {
      await saveOffice(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(hamlet, async (c) => {
      await saveHamlet(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(route, async (c) => {
      await saveRoute(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(day, async (c) => {
      await saveCalendarDay(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(removeDay, async (c) => {
      await removeCalendarDay(c.var.ctx, c.req.valid('param').date)
      return c.body(null, 204)
    })
    .openapi(population, async (c) => {
      await savePopulation(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(template, async (c) => {
      await saveTemplate(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(removeOne, async (c) => {
      await removeTemplate(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
    .openapi(ladder, async (c) => {
      await saveLadder(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(retention, async (c) => {
      await saveRetention(c.var.ctx, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(key, async (c) => c.json(await createPartnerKey(c.var.ctx, c.req.valid('json')), 201))
    .openapi(revoke, async (c) => {
      await revokePartnerKey(c.var.ctx, c.req.valid('param').name)
      return c.body(null, 204)
    })
