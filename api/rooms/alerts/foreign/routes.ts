import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { AdoptInput, ForeignAlert, ForeignDesk } from './schema.ts'
import { adoptForeign, listForeign, readForeignDesk } from './service.ts'

const denied = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const

const list = createRoute({
  method: 'get',
  path: '/alerts/foreign',
  operationId: 'listForeignAlerts',
  summary: 'Warnings of other senders that hold now',
  tags: ['alerts'],
  request: { query: z.object({ unitCode: z.string().max(5).optional() }) },
  responses: { 200: json(z.object({ alerts: z.array(ForeignAlert) }), 'In force') },
})

const desk = createRoute({
  method: 'get',
  path: '/console/foreign-alerts',
  operationId: 'readForeignDesk',
  summary: 'What the CAP feeds bring, and how they stand',
  tags: ['console'],
  responses: { 200: json(ForeignDesk, 'The desk'), ...problems(...denied) },
})

const adopt = createRoute({
  method: 'post',
  path: '/console/foreign-alerts/{id}/draft',
  operationId: 'adoptForeignAlert',
  summary: 'A draft of ours from it, for two people to issue',
  tags: ['console'],
  request: { params: z.object({ id: z.string().max(40) }), body: jsonBody(AdoptInput) },
  responses: {
    201: json(z.object({ id: z.string() }), 'The draft'),
    ...problems(...denied, 'alerts.not_found', 'alerts.over'),
  },
})

export const foreignRoutes = () =>
  newRouter()
    .openapi(list, async (c) => {
      const { unitCode } = c.req.valid('query')
      const alerts = await listForeign(c.var.ctx, unitCode === undefined ? {} : { unitCode })
      return c.json({ alerts }, 200)
    })
    .openapi(desk, async (c) => c.json(await readForeignDesk(c.var.ctx), 200))
    .openapi(adopt, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await adoptForeign(c.var.ctx, { id, ...c.req.valid('json') }), 201)
    })
