import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { withIdempotency } from '../../db/idempotency.ts'
import {
  createRoute,
  IdempotencyHeader,
  json,
  jsonBody,
  newRouter,
  problems,
  z,
} from '../../http/kit.ts'
import { publicIncidentRoutes } from './public/routes.ts'
import {
  CreatedIncident,
  CreateIncident,
  LookupOwn,
  OwnIncident,
  PublicIncident,
  RateIncident,
} from './schema.ts'
import { createIncident } from './service/create.ts'
import { actOnOwn, lookupOwn } from './service/own.ts'
import { getPublicIncident } from './service/read.ts'

const tags = ['incidents']
const code = z.object({ code: z.string().max(40) })

/** Many phones of one mobile carrier share an address, and in a flood they all report in the same hour. */
const REPORTS_AN_HOUR = 200
/** Guessing 256-bit secrets is hopeless; this only bounds the work. Phones that share an address look too. */
const LOOKUPS_A_MINUTE = 240

async function limit(ctx: Ctx, key: string, hits: number, seconds: number): Promise<void> {
  const taken = await ctx.ports.limits.take(key, hits, seconds)
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new AppError('http.rate_limited', { retryAfterSeconds })
}

const create = createRoute({
  method: 'post',
  path: '/incidents',
  operationId: 'createIncident',
  summary: 'Report an incident; sending it with `consentVersion` is the consent to that text',
  tags,
  request: {
    headers: IdempotencyHeader,
    body: jsonBody(CreateIncident),
  },
  responses: {
    201: json(CreatedIncident, 'The code, the one-time secret, who looks next and by when'),
    ...problems(
      'http.invalid_input',
      'http.forbidden',
      'http.rate_limited',
      'http.idempotency_mismatch',
      'identity.consent_stale',
      'incidents.place_missing',
      'incidents.place_unclear',
      'incidents.outside_province',
      'files.not_found',
    ),
  },
})

const get = createRoute({
  method: 'get',
  path: '/incidents/{code}',
  operationId: 'getIncident',
  summary: 'Public facts of one incident; before acceptance only its state',
  tags,
  request: { params: code },
  responses: { 200: json(PublicIncident, 'The incident'), ...problems('incidents.not_found') },
})

const lookup = createRoute({
  method: 'post',
  path: '/incidents/lookup',
  operationId: 'lookupOwnIncidents',
  summary: 'Own incidents by code and secret; what does not fit is left out, without a reason',
  tags,
  request: { body: jsonBody(LookupOwn) },
  responses: {
    200: json(z.object({ items: z.array(OwnIncident) }), 'Those whose secret fits'),
    ...problems('http.invalid_input', 'http.rate_limited'),
  },
})

const rate = createRoute({
  method: 'post',
  path: '/incidents/{code}/rating',
  operationId: 'rateIncident',
  summary: 'Rate the answer, 1 to 5, which closes the incident',
  tags,
  request: { params: code, body: jsonBody(RateIncident) },
  responses: {
    200: json(PublicIncident, 'The closed incident'),
    ...problems(
      'http.invalid_input',
      'http.rate_limited',
      'incidents.not_found',
      'incidents.bad_transition',
    ),
  },
})

export function incidentRoutes() {
  return newRouter()
    .route('/', publicIncidentRoutes())
    .openapi(create, async (c) => {
      const { ctx, remote } = c.var
      const key = c.req.valid('header')['idempotency-key']
      const body = c.req.valid('json')
      await limit(ctx, `incidents.create:${remote}`, REPORTS_AN_HOUR, 3600)
      const created = await withIdempotency(ctx, { scope: 'incidents.create', key, body }, (tx) =>
        createIncident(tx, body),
      )
      return c.json(created, 201)
    })
    .openapi(lookup, async (c) => {
      const { ctx, remote } = c.var
      await limit(ctx, `incidents.lookup:${remote}`, LOOKUPS_A_MINUTE, 60)
      return c.json({ items: await lookupOwn(ctx, c.req.valid('json')) }, 200)
    })
    .openapi(get, async (c) => {
      return c.json(await getPublicIncident(c.var.ctx, c.req.valid('param').code), 200)
    })
    .openapi(rate, async (c) => {
      const { ctx, remote } = c.var
      const { code } = c.req.valid('param')
      const { secret, rating, comment } = c.req.valid('json')
      await limit(ctx, `incidents.lookup:${remote}`, LOOKUPS_A_MINUTE, 60)
      const move = { kind: 'rate' as const, rating, ...(comment === undefined ? {} : { comment }) }
      await actOnOwn(ctx, { code, secret, move })
      return c.json(await getPublicIncident(ctx, code), 200)
    })
}

export type IncidentsClient = ReturnType<typeof incidentRoutes>
