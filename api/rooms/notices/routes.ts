import { createRoute, json, newRouter, problems, z } from '../../http/kit.ts'
import { noticeDeskRoutes } from './desk-routes.ts'
import { NoticeQuery, PublicNotice } from './schema.ts'
import { getNotice, listNotices, noticeCalendar } from './service/read.ts'

const tags = ['notices']
const params = z.object({ id: z.string().max(40) })

const list = createRoute({
  method: 'get',
  path: '/notices',
  operationId: 'listNotices',
  summary: 'Notices that were sent, newest first; with a unit, what concerns it',
  tags,
  request: { query: NoticeQuery },
  responses: {
    200: json(
      z.object({ notices: z.array(PublicNotice), nextCursor: z.string().optional() }),
      'A page of them',
    ),
    ...problems('http.invalid_input'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/notices/{id}',
  operationId: 'getNotice',
  summary: 'One notice that was sent',
  tags,
  request: { params },
  responses: { 200: json(PublicNotice, 'The notice'), ...problems('notices.not_found') },
})

const calendar = createRoute({
  method: 'get',
  path: '/notices/{id}/event.ics',
  operationId: 'getNoticeCalendar',
  summary: 'What a notice invites to, for a calendar',
  tags,
  request: { params },
  responses: {
    200: { description: 'A calendar file', content: { 'text/calendar': { schema: z.string() } } },
    ...problems('notices.not_found'),
  },
})

export const noticeRoutes = (live: { stopping?: AbortSignal } = {}) =>
  newRouter()
    .openapi(list, async (c) => c.json(await listNotices(c.var.ctx, c.req.valid('query')), 200))
    .openapi(calendar, async (c) => {
      const file = await noticeCalendar(c.var.ctx, c.req.valid('param').id)
      return c.body(file, 200, {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'attachment; filename="loa.ics"',
      })
    })
    .openapi(one, async (c) => c.json(await getNotice(c.var.ctx, c.req.valid('param').id), 200))
    .route('/', noticeDeskRoutes(live))

export type NoticesClient = ReturnType<typeof noticeRoutes>
