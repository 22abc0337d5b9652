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
import { takeLimit } from './limits.ts'
import { publicIncidentRoutes } from './public/routes.ts'
import { CreatedIncident, CreateIncident, PublicIncident } from './schema.ts'
import { RateIncident } from './schema-follow.ts'
import { createIncident } from './service/create.ts'
import { actOnOwn } from './service/own.ts'
import { getPublicIncident } from './service/read.ts'

const tags = ['incidents']
const code = z.object({ code: z.string().max(40) })

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
      'incidents.external_taken',
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
      await takeLimit(ctx, remote, 'create')
      const created = await withIdempotency(ctx, { scope: 'incidents.create', key, body }, (tx) =>
        createIncident(tx, body),
      )
      return c.json(created, 201)
    })
    .openapi(get, async (c) => {
      return c.json(await getPublicIncident(c.var.ctx, c.req.valid('param').code), 200)
    })
    .openapi(rate, async (c) => {
      const { ctx, remote } = c.var
      const { code } = c.req.valid('param')
      const { secret, rating, comment } = c.req.valid('json')
      await takeLimit(ctx, remote, 'read')
      const move = { kind: 'rate' as const, rating, ...(comment === undefined ? {} : { comment }) }
      await actOnOwn(ctx, { code, secret, move })
      return c.json(await getPublicIncident(ctx, code), 200)
    })
}

export type IncidentsClient = ReturnType<typeof incidentRoutes>
