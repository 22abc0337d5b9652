import { createRoute, json, newRouter, problems, z } from '../../http/kit.ts'
import { handBack, listTakenOver } from './desk.ts'

const tags = ['console']
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/console/conversations',
  operationId: 'listTakenOverChats',
  summary: 'Chats that an official answers by hand now; not what was said',
  tags,
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            channel: z.string(),
            tail: z.string().describe('The last signs of the chat’s address'),
            until: z.string(),
            lastAt: z.string(),
          }),
        ),
      }),
      'Those that end soonest first',
    ),
    ...problems(...denied),
  },
})

const back = createRoute({
  method: 'post',
  path: '/console/conversations/{id}/hand-back',
  operationId: 'handBackChat',
  summary: 'Let the bot answer in this chat again',
  tags,
  request: { params: z.object({ id: z.string().max(40) }) },
  responses: {
    204: { description: 'The bot answers again' },
    ...problems(...denied, 'http.not_found'),
  },
})

/** What officials see of chats. */
export const conversationDeskRoutes = () =>
  newRouter()
    .openapi(list, async (c) => c.json({ items: await listTakenOver(c.var.ctx) }, 200))
    .openapi(back, async (c) => {
      await handBack(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
