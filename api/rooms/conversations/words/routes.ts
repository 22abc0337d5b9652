import { createRoute, json, newRouter, problems, z } from '../../../http/kit.ts'
import { CATEGORY_LABELS, INTENTS } from '../../../understanding/labels.ts'
import { MisreadLabel, MisreadList } from './schema.ts'
import { dropMisread, explainMisread, exportMisread, listMisread } from './service.ts'

const tags = ['console']
const denied = ['http.unauthenticated', 'http.forbidden'] as const
const params = z.object({ id: z.string().max(40) })

const list = createRoute({
  method: 'get',
  path: '/console/misread',
  operationId: 'listMisread',
  summary: 'Messages that were not understood, masked and of nobody',
  tags,
  request: { query: z.object({ state: z.enum(['open', 'explained']).default('open') }) },
  responses: {
    200: json(MisreadList, 'At most fifty; open ones that most people wrote first'),
    ...problems(...denied),
  },
})

const explain = createRoute({
  method: 'put',
  path: '/console/misread/{id}/meaning',
  operationId: 'explainMisread',
  summary: 'Say what a message meant',
  tags,
  request: {
    params,
    body: { content: { 'application/json': { schema: MisreadLabel } }, required: true },
  },
  responses: {
    204: { description: 'Kept' },
    ...problems(...denied, 'http.not_found', 'http.invalid_input'),
  },
})

const drop = createRoute({
  method: 'delete',
  path: '/console/misread/{id}',
  operationId: 'dropMisread',
  summary: 'Put a message aside: nothing to learn from it',
  tags,
  request: { params },
  responses: { 204: { description: 'Put aside' }, ...problems(...denied, 'http.not_found') },
})

const download = createRoute({
  method: 'get',
  path: '/console/misread/explained.txt',
  operationId: 'exportMisread',
  summary: 'Explained messages, masked, in the form of the training measure',
  tags,
  responses: {
    200: {
      description: '`style | intent | category or - | message`, a line each',
      content: { 'text/plain': { schema: z.string() } },
    },
    ...problems(...denied),
  },
})

/** What officials see and say of messages that were not understood. */
export const misreadRoutes = () =>
  newRouter()
    .openapi(list, async (c) => {
      const { items, open } = await listMisread(c.var.ctx, c.req.valid('query').state)
      return c.json({ items, open, intents: [...INTENTS], categories: [...CATEGORY_LABELS] }, 200)
    })
    .openapi(explain, async (c) => {
      await explainMisread(c.var.ctx, c.req.valid('param').id, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(drop, async (c) => {
      await dropMisread(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
    .openapi(download, async (c) =>
      c.text(await exportMisread(c.var.ctx), 200, {
        'content-disposition': 'attachment; filename="loa-words.txt"',
      }),
    )
