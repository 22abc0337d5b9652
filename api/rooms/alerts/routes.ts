import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { CallList, UnreachedSummary } from '../delivery/index.ts'
import { ViewPerson } from '../identity/index.ts'
import {
  AlertDesk,
  AreaReach,
  DraftInput,
  EditInput,
  FollowInput,
  HistoryQuery,
  MoveInput,
  PublicAlert,
  ReachInput,
  StationMode,
} from './schema.ts'
import { readAlertDesk, saveMode } from './service/desk.ts'
import { draftAlert, editAlert, followAlert, moveAlert } from './service/draft.ts'
import { measureReach } from './service/reach.ts'
import { getAlert, listHistory, listInForce } from './service/read.ts'
import { readCallList, readUnreached } from './service/unreached.ts'

const tags = ['alerts']
const id = z.object({ id: z.string().max(40) })
const Made = z.object({ id: z.string() })
const denied = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const

const inForce = createRoute({
  method: 'get',
  path: '/alerts',
  operationId: 'listAlerts',
  summary: 'Warnings that hold now, the gravest first',
  tags,
  request: { query: z.object({ unitCode: z.string().max(5).optional() }) },
  responses: { 200: json(z.object({ alerts: z.array(PublicAlert) }), 'In force') },
})

const history = createRoute({
  method: 'get',
  path: '/alerts/history',
  operationId: 'listAlertHistory',
  summary: 'Every warning that was ever issued, newest first',
  tags,
  request: { query: HistoryQuery },
  responses: {
    200: json(
      z.object({ alerts: z.array(PublicAlert), nextCursor: z.string().optional() }),
      'A page of them',
    ),
    ...problems('http.invalid_input'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/alerts/{id}',
  operationId: 'getAlert',
  summary: 'One issued warning, with what stands for it now',
  tags,
  request: { params: id },
  responses: { 200: json(PublicAlert, 'The warning'), ...problems('alerts.not_found') },
})

const desk = createRoute({
  method: 'get',
  path: '/console/alerts',
  operationId: 'readAlertDesk',
  summary: 'Drafts, proposals and warnings in force; rivers that speak by themselves',
  tags: ['console'],
  responses: { 200: json(AlertDesk, 'The desk'), ...problems(...denied) },
})

const draft = createRoute({
  method: 'post',
  path: '/console/alerts',
  operationId: 'draftAlert',
  summary: 'A new warning; nobody outside sees it',
  tags: ['console'],
  request: { body: jsonBody(DraftInput) },
  responses: { 201: json(Made, 'Kept'), ...problems(...denied) },
})

const edit = createRoute({
  method: 'put',
  path: '/console/alerts/{id}',
  operationId: 'editAlert',
  summary: 'Change what is not issued; a proposal is a draft again',
  tags: ['console'],
  request: { params: id, body: jsonBody(EditInput) },
  responses: {
    204: { description: 'Kept' },
    ...problems(...denied, 'alerts.not_found', 'alerts.bad_step', 'http.conflict'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/console/alerts/{id}/moves',
  operationId: 'moveAlert',
  summary: 'Propose, give back, issue (a second person) or drop',
  tags: ['console'],
  request: { params: id, body: jsonBody(MoveInput) },
  responses: {
    204: { description: 'Done, or so already' },
    ...problems(
      ...denied,
      'alerts.not_found',
      'alerts.bad_step',
      'alerts.superseded',
      'alerts.own',
      'alerts.over',
      'alerts.incomplete',
      'alerts.area_empty',
      'http.conflict',
    ),
  },
})

const follow = createRoute({
  method: 'post',
  path: '/console/alerts/{id}/follow',
  operationId: 'followAlert',
  summary: 'A draft that updates, ends or cancels a warning in force',
  tags: ['console'],
  request: { params: id, body: jsonBody(FollowInput) },
  responses: {
    201: json(Made, 'The draft'),
    ...problems(...denied, 'alerts.not_found', 'alerts.superseded'),
  },
})

const reach = createRoute({
  method: 'post',
  path: '/console/alert-reach',
  operationId: 'measureAlertReach',
  summary: 'Which communes and hamlets an area means, and how many people a warning there reaches',
  tags: ['console'],
  request: { body: jsonBody(ReachInput) },
  responses: { 200: json(AreaReach, 'Now; nothing is written'), ...problems(...denied) },
})

const unreached = createRoute({
  method: 'get',
  path: '/console/alerts/{id}/unreached',
  operationId: 'readAlertUnreached',
  summary: 'How many do not have it, by hamlet and reason',
  tags: ['console'],
  request: { params: id },
  responses: {
    200: json(UnreachedSummary, 'The counts of the own unit'),
    ...problems(...denied, 'alerts.not_found'),
  },
})

const calls = createRoute({
  method: 'post',
  path: '/console/alerts/{id}/call-list',
  operationId: 'readAlertCallList',
  summary: 'Who does not have it, to be called or fetched: with a reason, and recorded',
  tags: ['console'],
  request: { params: id, body: jsonBody(ViewPerson) },
  responses: {
    200: json(CallList, 'The people, hamlet by hamlet'),
    ...problems(...denied, 'alerts.not_found', 'alerts.bad_step'),
  },
})

const mode = createRoute({
  method: 'put',
  path: '/console/alert-stations/{code}',
  operationId: 'saveStationMode',
  summary: 'Whether measured levels of a river go out by themselves',
  tags: ['console'],
  request: { params: z.object({ code: z.string().max(40) }), body: jsonBody(StationMode) },
  responses: { 204: { description: 'Kept' }, ...problems(...denied, 'readings.not_found') },
})

export const alertRoutes = () =>
  newRouter()
    .openapi(inForce, async (c) => {
      const { unitCode } = c.req.valid('query')
      const alerts = await listInForce(c.var.ctx, unitCode === undefined ? {} : { unitCode })
      return c.json({ alerts }, 200)
    })
    .openapi(history, async (c) => c.json(await listHistory(c.var.ctx, c.req.valid('query')), 200))
    .openapi(one, async (c) => c.json(await getAlert(c.var.ctx, c.req.valid('param').id), 200))
    .openapi(desk, async (c) => c.json(await readAlertDesk(c.var.ctx), 200))
    .openapi(draft, async (c) => c.json(await draftAlert(c.var.ctx, c.req.valid('json')), 201))
    .openapi(reach, async (c) => c.json(await measureReach(c.var.ctx, c.req.valid('json')), 200))
    .openapi(mode, async (c) => {
      const stationCode = c.req.valid('param').code
      await saveMode(c.var.ctx, { stationCode, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(unreached, async (c) =>
      c.json(await readUnreached(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(calls, async (c) => {
      const { reason } = c.req.valid('json')
      return c.json(await readCallList(c.var.ctx, { id: c.req.valid('param').id, reason }), 200)
    })
    .openapi(edit, async (c) => {
      await editAlert(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(move, async (c) => {
      await moveAlert(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(follow, async (c) =>
      c.json(
        await followAlert(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') }),
        201,
      ),
    )

export type AlertsClient = ReturnType<typeof alertRoutes>
