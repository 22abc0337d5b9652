import type { Ctx } from '../../../context.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { requireSelf } from '../../identity/index.ts'
import { AskHelp, HelpOffer, HelpTasks, HelpView, MoveHelp } from './schema.ts'
import { askHelp, cancelHelp, listOwnHelp, readOffer } from './service/ask.ts'
import { listHelpTasks, moveHelp } from './service/work.ts'

const tags = ['guides']
const OWN = ['http.unauthenticated', 'http.forbidden'] as const
const id = z.object({ id: z.uuid() })

const offer = createRoute({
  method: 'get',
  path: '/help-offer',
  operationId: 'readHelpOffer',
  summary: 'Hamlets whose team comes to help at home, and what may be taught',
  tags,
  responses: { 200: json(HelpOffer, 'Hamlets and lessons') },
})

const list = createRoute({
  method: 'get',
  path: '/help-requests',
  operationId: 'listHelpRequests',
  summary: 'What the person asked for, the latest first',
  tags,
  responses: {
    200: json(z.object({ items: z.array(HelpView) }), 'The requests'),
    ...problems(...OWN),
  },
})

const ask = createRoute({
  method: 'post',
  path: '/help-requests',
  operationId: 'askHelp',
  summary: 'Ask for a member of the community digital team to come; the same id again is the same',
  tags,
  request: {
    body: jsonBody(AskHelp.extend({ consentVersion: z.number().int().positive().optional() })),
  },
  responses: {
    201: json(HelpView, 'The request'),
    ...problems(
      ...OWN,
      'http.invalid_input',
      'http.rate_limited',
      'http.conflict',
      'identity.consent_missing',
      'identity.consent_stale',
      'guides.too_many_requests',
    ),
  },
})

const cancel = createRoute({
  method: 'post',
  path: '/help-requests/{id}/cancel',
  operationId: 'cancelHelp',
  summary: 'Call a request off',
  tags,
  request: { params: id },
  responses: {
    200: json(HelpView, 'The request'),
    ...problems(...OWN, 'http.invalid_input', 'guides.request_unknown', 'guides.request_over'),
  },
})

const tasks = createRoute({
  method: 'get',
  path: '/console/team/requests',
  operationId: 'listHelpTasks',
  summary: 'Requests for help at home that wait in the unit; house and phone only of one’s own',
  tags: ['console'],
  responses: { 200: json(HelpTasks, 'The requests'), ...problems(...OWN) },
})

const move = createRoute({
  method: 'post',
  path: '/console/team/requests/{id}',
  operationId: 'moveHelp',
  summary: 'Take a request, give it back, say that it is done or why it cannot be',
  tags: ['console'],
  request: { params: id, body: jsonBody(MoveHelp) },
  responses: {
    204: { description: 'So it is, or was already' },
    ...problems(
      ...OWN,
      'http.invalid_input',
      'guides.request_unknown',
      'guides.request_taken',
      'guides.request_over',
    ),
  },
})

/** The signed-in resident's id; throws for anybody else. */
function ownId(ctx: Ctx): string {
  const residentId = ctx.actor.kind === 'resident' ? ctx.actor.residentId : ''
  requireSelf(ctx, residentId)
  return residentId
}

const CHANNEL = 'miniapp'

/** Help at home: asking, and the team's work. */
export const helpRoutes = () =>
  newRouter()
    .openapi(offer, async (c) => c.json(await readOffer(c.var.ctx), 200))
    .openapi(list, async (c) => {
      const { ctx } = c.var
      return c.json({ items: await listOwnHelp(ctx, { residentId: ownId(ctx) }) }, 200)
    })
    .openapi(ask, async (c) => {
      const { ctx } = c.var
      const { consentVersion, ...wish } = c.req.valid('json')
      const agreed =
        consentVersion === undefined
          ? {}
          : { agreed: { version: consentVersion, channel: CHANNEL } }
      const mine = { residentId: ownId(ctx), channel: CHANNEL }
      return c.json(await askHelp(ctx, { ...wish, ...mine, ...agreed }), 201)
    })
    .openapi(cancel, async (c) => {
      const { ctx } = c.var
      const { id: requestId } = c.req.valid('param')
      return c.json(await cancelHelp(ctx, { residentId: ownId(ctx), id: requestId }), 200)
    })
    .openapi(tasks, async (c) => c.json({ tasks: await listHelpTasks(c.var.ctx) }, 200))
    .openapi(move, async (c) => {
      await moveHelp(c.var.ctx, { ...c.req.valid('param'), ...c.req.valid('json') })
      return c.body(null, 204)
    })
