import { streamSSE } from 'hono/streaming'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { CallList, UnreachedSummary } from '../delivery/index.ts'
import { ViewPerson } from '../identity/index.ts'
import {
  NoticeDesk,
  NoticeEdit,
  NoticeFailures,
  NoticeForecast,
  NoticeInput,
  NoticeMoveInput,
  NoticeProgress,
} from './schema.ts'
import { readNoticeDesk } from './service/desk.ts'
import { draftNotice, editNotice } from './service/draft.ts'
import { readFailures, retryNotice } from './service/failures.ts'
import { forecastNotice, testNotice } from './service/forecast.ts'
import { moveNotice } from './service/move.ts'
import { getProgress } from './service/progress.ts'
import { readCallList, readUnreached } from './service/unreached.ts'
import { followProgress } from './stream.ts'

const tags = ['console']
const params = z.object({ id: z.string().max(40) })
const Made = z.object({ id: z.string() })
const denied = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const

const desk = createRoute({
  method: 'get',
  path: '/console/notices',
  operationId: 'readNoticeDesk',
  summary: 'Drafts, what goes out now, and what is over',
  tags,
  responses: { 200: json(NoticeDesk, 'The desk'), ...problems(...denied) },
})

const draft = createRoute({
  method: 'post',
  path: '/console/notices',
  operationId: 'draftNotice',
  summary: 'A new notice; nobody outside sees it',
  tags,
  request: { body: jsonBody(NoticeInput) },
  responses: { 201: json(Made, 'Kept'), ...problems(...denied) },
})

const edit = createRoute({
  method: 'put',
  path: '/console/notices/{id}',
  operationId: 'editNotice',
  summary: 'Change what is not released; a proposal is a draft again',
  tags,
  request: { params, body: jsonBody(NoticeEdit) },
  responses: {
    204: { description: 'Kept' },
    ...problems(...denied, 'notices.not_found', 'notices.bad_step', 'http.conflict'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/console/notices/{id}/moves',
  operationId: 'moveNotice',
  summary: 'Propose, give back, release (a second person), drop, pause, resume, cancel, review',
  tags,
  request: { params, body: jsonBody(NoticeMoveInput) },
  responses: {
    204: { description: 'Done, or so already' },
    ...problems(
      ...denied,
      'notices.not_found',
      'notices.bad_step',
      'notices.own',
      'notices.over',
      'notices.incomplete',
      'notices.reason_missing',
      'http.conflict',
    ),
  },
})

const forecast = createRoute({
  method: 'get',
  path: '/console/notices/{id}/forecast',
  operationId: 'forecastNotice',
  summary: 'Whom it would reach now, by channel, and when the first, the half and the last have it',
  tags,
  request: { params },
  responses: {
    200: json(NoticeForecast, 'The forecast, with the messages as they would be sent'),
    ...problems(...denied, 'notices.not_found'),
  },
})

const test = createRoute({
  method: 'post',
  path: '/console/notices/{id}/test',
  operationId: 'testNotice',
  summary: 'Send it to the own chats of whoever asks',
  tags,
  request: { params },
  responses: {
    200: json(z.object({ chats: z.number().int() }), 'To how many chats'),
    ...problems(...denied, 'notices.not_found'),
  },
})

const progress = createRoute({
  method: 'get',
  path: '/console/notices/{id}/progress',
  operationId: 'getNoticeProgress',
  summary: 'Recipients by outcome, channel and unit',
  tags,
  request: { params },
  responses: {
    200: json(NoticeProgress, 'The counters'),
    ...problems(...denied, 'notices.not_found'),
  },
})

const stream = createRoute({
  method: 'get',
  path: '/console/notices/{id}/stream',
  operationId: 'watchNotice',
  summary: 'A live line: an event `progress` each time the counters changed',
  description:
    'Server-sent events; the id of an event is the cursor that `Last-Event-ID` (or `since`) takes up again. Data: the counters with `perSecond` and `secondsLeft`.',
  tags,
  request: { params, query: z.object({ since: z.string().max(2_000).optional() }) },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(...denied, 'notices.not_found'),
  },
})

const unreached = createRoute({
  method: 'get',
  path: '/console/notices/{id}/unreached',
  operationId: 'readNoticeUnreached',
  summary: 'How many do not have it, by hamlet and reason',
  tags,
  request: { params },
  responses: {
    200: json(UnreachedSummary, 'The counts, as far as the caller reaches'),
    ...problems(...denied, 'notices.not_found'),
  },
})

const failures = createRoute({
  method: 'get',
  path: '/console/notices/{id}/failures',
  operationId: 'readNoticeFailures',
  summary: 'What channels refused, by channel and code',
  tags,
  request: { params },
  responses: {
    200: json(NoticeFailures, 'The counts, as far as the caller reaches'),
    ...problems(...denied, 'notices.not_found'),
  },
})

const retry = createRoute({
  method: 'post',
  path: '/console/notices/{id}/retry',
  operationId: 'retryNotice',
  summary:
    'Send once more what channels refused; nobody who may have it, left, or no longer wants it',
  tags,
  request: { params },
  responses: {
    200: json(z.object({ recipients: z.number().int() }), 'To how many'),
    ...problems(...denied, 'notices.not_found', 'notices.bad_step', 'http.conflict'),
  },
})

const calls = createRoute({
  method: 'post',
  path: '/console/notices/{id}/call-list',
  operationId: 'readNoticeCallList',
  summary: 'Who does not have it, to be called: with a reason, and recorded',
  tags,
  request: { params, body: jsonBody(ViewPerson) },
  responses: {
    200: json(CallList, 'The people, hamlet by hamlet'),
    ...problems(...denied, 'notices.not_found', 'notices.bad_step'),
  },
})

/** What officials do with notices; `live.stopping` ends the open lines when the host stops. */
export const noticeDeskRoutes = (live: { stopping?: AbortSignal }) =>
  newRouter()
    .openapi(desk, async (c) => c.json(await readNoticeDesk(c.var.ctx), 200))
    .openapi(draft, async (c) => c.json(await draftNotice(c.var.ctx, c.req.valid('json')), 201))
    .openapi(edit, async (c) => {
      await editNotice(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(move, async (c) => {
      await moveNotice(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(forecast, async (c) =>
      c.json(await forecastNotice(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(test, async (c) => c.json(await testNotice(c.var.ctx, c.req.valid('param').id), 200))
    .openapi(progress, async (c) =>
      c.json(await getProgress(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(unreached, async (c) =>
      c.json(await readUnreached(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(failures, async (c) =>
      c.json(await readFailures(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(retry, async (c) => c.json(await retryNotice(c.var.ctx, c.req.valid('param').id), 200))
    .openapi(calls, async (c) => {
      const { reason } = c.req.valid('json')
      return c.json(await readCallList(c.var.ctx, { id: c.req.valid('param').id, reason }), 200)
    })
    .openapi(stream, async (c) => {
      const { id } = c.req.valid('param')
      const { ctx } = c.var
      // Refused before the line begins: afterwards there is no status to say it with.
      await getProgress(ctx, id)
      const since = c.req.header('last-event-id') ?? c.req.valid('query').since ?? ''
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, (line) =>
        followProgress(line, ctx, { id, since, stopping: live.stopping }),
      )
    })
