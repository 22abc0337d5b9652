import { createRoute, json, newRouter, problems, z } from '../../http/kit.ts'
import {
  listOfficialChats,
  makeOfficialChatCode,
  removeOfficialChat,
} from './service/official-chats.ts'

const tags = ['identity']
const denied = ['http.unauthenticated', 'http.forbidden'] as const

const list = createRoute({
  method: 'get',
  path: '/official-chats',
  operationId: 'listOwnChats',
  summary: 'The chats by which the signed-in official is told',
  tags,
  responses: {
    200: json(
      z.object({
        chats: z.array(z.object({ id: z.uuid(), channel: z.string(), since: z.string() })),
      }),
      'The oldest first; never an address',
    ),
    ...problems(...denied),
  },
})

const makeCode = createRoute({
  method: 'post',
  path: '/official-chats/code',
  operationId: 'makeOwnChatCode',
  summary: 'A code to send in the chat that is to become the own one; ten minutes, once',
  tags,
  responses: {
    200: json(z.object({ code: z.string(), expiresAt: z.string() }), 'Shown once'),
    ...problems(...denied),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/official-chats/{id}',
  operationId: 'removeOwnChat',
  summary: 'Take an own chat off',
  tags,
  request: { params: z.object({ id: z.string().max(40) }) },
  responses: {
    204: { description: 'Nothing is sent there any more' },
    ...problems(...denied, 'http.not_found'),
  },
})

/** By which chats an official is told. */
export const officialChatRoutes = () =>
  newRouter()
    .openapi(list, async (c) => c.json({ chats: await listOfficialChats(c.var.ctx) }, 200))
    .openapi(makeCode, async (c) => c.json(await makeOfficialChatCode(c.var.ctx), 200))
    .openapi(remove, async (c) => {
      await removeOfficialChat(c.var.ctx, { id: c.req.valid('param').id })
      return c.body(null, 204)
    })
