import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import { Board, CallInput, CallRef, CallView, EndCall, MoveInput } from './schema.ts'
import { readBoard } from './service/board.ts'
import { callForHelp, readCall } from './service/call.ts'
import { endSos, moveSos } from './service/move.ts'

const tags = ['sos']
/**
 * Many phones of one carrier share an address, and in a flood they all call: wide for calls, so that none is refused;
 * whoever floods from one address fills no roster faster than this.
 */
const LIMITS = {
  call: { hits: 300, seconds: 3_600 },
  read: { hits: 600, seconds: 60 },
} as const

async function takeLimit(ctx: Ctx, remote: string, what: keyof typeof LIMITS): Promise<void> {
  const { hits, seconds } = LIMITS[what]
  const taken = await ctx.ports.limits.take(`sos.${what}:${remote}`, hits, seconds)
  if (!taken.ok)
    throw new AppError('http.rate_limited', { retryAfterSeconds: taken.retryAfterSeconds })
}

const call = createRoute({
  method: 'post',
  path: '/sos',
  operationId: 'callForHelp',
  summary: 'A call for rescue, or more about one under the same secret; no session, no consent',
  tags,
  request: { body: jsonBody(CallInput) },
  responses: {
    200: json(CallView, 'The call as it is kept'),
    ...problems('http.invalid_input', 'http.rate_limited'),
  },
})

const status = createRoute({
  method: 'post',
  path: '/sos/status',
  operationId: 'readCallForHelp',
  summary: 'How an own call stands: who took it, and each step; the secret goes in the body',
  tags,
  request: { body: jsonBody(CallRef) },
  responses: {
    200: json(CallView, 'The call'),
    ...problems('http.invalid_input', 'http.rate_limited', 'sos.not_found'),
  },
})

const end = createRoute({
  method: 'post',
  path: '/sos/end',
  operationId: 'endCallForHelp',
  summary: 'The sender is safe, or it was a mistake',
  tags,
  request: { body: jsonBody(EndCall) },
  responses: {
    200: json(CallView, 'The call'),
    ...problems('http.invalid_input', 'http.rate_limited', 'sos.not_found', 'sos.bad_transition'),
  },
})

const board = createRoute({
  method: 'get',
  path: '/console/sos',
  operationId: 'readSosBoard',
  summary: 'Calls for rescue that go on in the own unit, and those of the last day',
  tags: ['console'],
  responses: {
    200: json(Board, 'Oldest first'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

const move = createRoute({
  method: 'post',
  path: '/console/sos/{id}/moves',
  operationId: 'moveSosCall',
  summary: 'Take a call, give it back, say how it went',
  tags: ['console'],
  request: { params: z.object({ id: z.string().max(40) }), body: jsonBody(MoveInput) },
  responses: {
    204: { description: 'Done, or so already' },
    ...problems(
      'http.unauthenticated',
      'http.forbidden',
      'http.invalid_input',
      'sos.not_found',
      'sos.taken',
      'sos.bad_transition',
    ),
  },
})

export const sosRoutes = () =>
  newRouter()
    .openapi(call, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'call')
      return c.json(await callForHelp(ctx, c.req.valid('json')), 200)
    })
    .openapi(status, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'read')
      return c.json(await readCall(ctx, c.req.valid('json')), 200)
    })
    .openapi(end, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote, 'read')
      const { secret, as } = c.req.valid('json')
      await endSos(ctx, { secret, as })
      return c.json(await readCall(ctx, { secret }), 200)
    })
    .openapi(board, async (c) => c.json(await readBoard(c.var.ctx), 200))
    .openapi(move, async (c) => {
      const { id } = c.req.valid('param')
      await moveSos(c.var.ctx, { caseId: id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
