import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '../../../core/errors.ts'
import { type HttpEnv, json, jsonBody, newRouter, problems, z } from '../../../http/kit.ts'
import { ingestFrom, KEY_HEADER } from '../routes.ts'
import { SETS } from './model.ts'
import { readRoot, readSensorThings } from './service.ts'
import { NewObservation, takeObservation } from './write.ts'

type C = Context<HttpEnv>
const tags = ['sensorthings']
const text = z.string().max(500).optional()
const whole = z.coerce.number().int().min(0).optional()

/** The address below the service's own, decoded; undefined when it cannot be. */
function pathOf(c: C): string | undefined {
  try {
    const whole = decodeURIComponent(new URL(c.req.url).pathname)
    return whole.replace(/^\/sensorthings\/v1\.1\/?/, '').replace(/\/$/, '')
  } catch {
    return undefined
  }
}

async function read(c: C): Promise<Response> {
  const { ctx } = c.var
  const path = pathOf(c)
  if (path === undefined) throw new AppError('http.not_found')
  if (path === '') return c.json(readRoot(ctx))
  const answer = await readSensorThings(ctx, path, new URL(c.req.url).searchParams)
  if ('json' in answer) return c.json(answer.json as object)
  return 'text' in answer ? c.text(answer.text) : c.body(null, 204)
}

/** Observations alone are taken, at their own set or below their stream. */
const TAKES = /^(?:Datastreams\('([^']{1,81})'\)\/)?Observations$/

async function take(c: C): Promise<Response> {
  const found = TAKES.exec(pathOf(c) ?? '')
  if (found === null) throw new AppError('http.method_not_allowed')
  const body = await c.req.json().catch(() => {
    throw new AppError('http.bad_request')
  })
  const ingest = (batch: unknown) => ingestFrom(c, batch)
  const { url, entity } = await takeObservation(c.var.ctx, body, { ingest, streamId: found[1] })
  return c.json(entity, 201, { Location: url })
}

/** OGC SensorThings API 1.1, sensing: read by everybody, observations written by stations' keys. Mounted at its root. */
export function sensorThingsRoutes(): OpenAPIHono<HttpEnv> {
  const router = newRouter()
  describe(router)
  router.get('/', read).get('/:path{.*}', read).post('/:path{.+}', take)
  return router
}

const Entity = z
  .looseObject({ '@iot.id': z.string(), '@iot.selfLink': z.string() })
  .meta({ id: 'SensorThingsEntity' })
const Root = z
  .object({
    value: z.array(z.object({ name: z.string(), url: z.string() })),
    serverSettings: z.object({ conformance: z.array(z.string()) }),
  })
  .meta({ id: 'SensorThingsRoot' })
const Collection = z
  .object({
    '@iot.count': z.number().int().optional(),
    '@iot.nextLink': z.string().optional(),
    value: z.array(Entity),
  })
  .meta({ id: 'SensorThingsCollection' })

/** The reference names the doors; the addresses below them are the standard's (docs.ogc.org/is/18-088). */
function describe({ openAPIRegistry: registry }: OpenAPIHono<HttpEnv>): void {
  registry.registerPath({
    method: 'get',
    path: '/',
    operationId: 'sensorThingsRoot',
    summary: 'Where the sets are, and which classes of the standard are kept',
    tags,
    responses: {
      200: json(Root, 'The service'),
      ...problems('http.rate_limited'),
    },
  })
  registry.registerPath({
    method: 'get',
    path: '/{set}',
    operationId: 'sensorThingsRead',
    summary: "A set of entities; below it single ones (`Things('phu-oc')`) and what they lead to",
    tags,
    request: {
      params: z.object({ set: z.enum(SETS) }),
      query: z.object({
        ...{ $top: whole, $skip: whole, $count: z.enum(['true', 'false']).optional() },
        ...{ $select: text, $expand: text, $orderby: text, $filter: text },
      }),
    },
    responses: {
      200: json(Collection, 'A page'),
      ...problems('http.not_found', 'readings.query_invalid', 'readings.query_unsupported'),
    },
  })
  registry.registerPath({
    method: 'post',
    path: '/Observations',
    operationId: 'sensorThingsObserve',
    summary:
      'One observation, with the key of a station in `X-Station-Key`; the same again changes nothing',
    tags,
    request: {
      headers: z.object({ [KEY_HEADER]: z.string().max(100).optional() }),
      body: jsonBody(NewObservation),
    },
    responses: {
      201: json(Entity, 'The observation; its address in `Location`'),
      ...problems(
        'http.invalid_input',
        'http.unauthenticated',
        'http.forbidden',
        'http.rate_limited',
        'readings.not_found',
      ),
    },
  })
}
