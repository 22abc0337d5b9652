import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { ViewPerson } from '../identity/index.ts'
import { handBack, listTakenOver } from './desk.ts'
import { answerPerson, listWaiting, readThread, viewThreadPhones } from './handover/service.ts'
import { AnswerInput, Thread, ThreadPhones, Waiting } from './schema-handover.ts'

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

const params = z.object({ id: z.string().max(40) })

const waiting = createRoute({
  method: 'get',
  path: '/console/conversations/waiting',
  operationId: 'listWaitingChats',
  summary: 'Chats whose person asked for a person; not what was said',
  tags,
  responses: {
    200: json(z.object({ items: z.array(Waiting) }), 'The longest waiting first'),
    ...problems(...denied),
  },
})

const thread = createRoute({
  method: 'get',
  path: '/console/conversations/{id}/thread',
  operationId: 'readChatThread',
  summary: 'What was said in a chat that waits for a person or has one; each reading is audited',
  tags,
  request: { params },
  responses: { 200: json(Thread, 'Oldest first'), ...problems(...denied, 'http.not_found') },
})

const phones = createRoute({
  method: 'post',
  path: '/console/conversations/{id}/phones',
  operationId: 'viewChatPhones',
  summary: 'Telephone numbers that the person gave: with the capability and a reason, and audited',
  tags,
  request: { params, body: jsonBody(ViewPerson) },
  responses: {
    200: json(ThreadPhones, 'The numbers'),
    ...problems(...denied, 'http.invalid_input', 'http.not_found'),
  },
})

const answer = createRoute({
  method: 'post',
  path: '/console/conversations/{id}/answers',
  operationId: 'answerChat',
  summary: 'Answer on the channel of the chat',
  tags,
  request: { params, body: jsonBody(AnswerInput) },
  responses: {
    204: { description: 'On its way' },
    ...problems(...denied, 'http.invalid_input', 'http.not_found'),
  },
})

/** What officials see of chats. */
export const conversationDeskRoutes = () =>
  newRouter()
    .openapi(list, async (c) => c.json({ items: await listTakenOver(c.var.ctx) }, 200))
    .openapi(waiting, async (c) => c.json({ items: await listWaiting(c.var.ctx) }, 200))
    .openapi(thread, async (c) => c.json(await readThread(c.var.ctx, c.req.valid('param').id), 200))
    .openapi(phones, async (c) => {
      const { id } = c.req.valid('param')
      const input = { conversationId: id, ...c.req.valid('json') }
      return c.json(await viewThreadPhones(c.var.ctx, input), 200)
    })
    .openapi(answer, async (c) => {
      const { id } = c.req.valid('param')
      await answerPerson(c.var.ctx, { conversationId: id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(back, async (c) => {
      await handBack(c.var.ctx, c.req.valid('param').id)
      return c.body(null, 204)
    })
