import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { ChatMessage, toWire } from '../../conversations/index.ts'
import { OfficialMove, PublicIncident, previewMove, previewPublic } from '../../incidents/index.ts'

const tags = ['console']
const params = z.object({ id: z.uuid() })
const denied = ['http.unauthenticated', 'http.forbidden', 'incidents.not_found'] as const

const asPublic = createRoute({
  method: 'get',
  path: '/console/incidents/{id}/public',
  operationId: 'previewPublic',
  summary: 'What everybody reads of a case, or will read once it is accepted or answered',
  tags,
  request: { params },
  responses: {
    200: json(
      z.object({
        isNow: z.boolean().describe('False: nobody outside can read it yet'),
        incident: PublicIncident,
      }),
      'The public facts',
    ),
    ...problems('http.invalid_input', ...denied),
  },
})

const asTold = createRoute({
  method: 'post',
  path: '/console/incidents/{id}/preview',
  operationId: 'previewMove',
  summary: 'What the sender would be told after a step; nothing is written',
  tags,
  request: { params, body: jsonBody(z.object({ move: OfficialMove })) },
  responses: {
    200: json(
      z.object({
        channel: z.string().describe('By which the report came'),
        message: ChatMessage.nullable().describe(
          'For `POST /chat/preview`; null: nobody would be told',
        ),
      }),
      'The message',
    ),
    ...problems(
      'http.invalid_input',
      ...denied,
      'incidents.bad_transition',
      'incidents.proof_missing',
      'incidents.proof_old',
      'incidents.answer_unfilled',
      'incidents.reason_missing',
    ),
  },
})

/** What others will read of a case, before they do. */
export const besideRoutes = () =>
  newRouter()
    .openapi(asPublic, async (c) => {
      return c.json(await previewPublic(c.var.ctx, c.req.valid('param').id), 200)
    })
    .openapi(asTold, async (c) => {
      const { id } = c.req.valid('param')
      const { move } = c.req.valid('json')
      const { channel, message } = await previewMove(c.var.ctx, { id, move })
      return c.json({ channel, message: message === null ? null : toWire(message) }, 200)
    })
