import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import {
  createSnapshots,
  isKnown,
  publicHeaders,
  sendSnapshot,
  snapshotOf,
} from '../../http/etag.ts'
import { createRoute, json, jsonBody, newRouter, problems, z } from '../../http/kit.ts'
import {
  ClosePoint,
  DeskPoint,
  EditPoint,
  FloodPoint,
  ListPoints,
  PointInput,
  SayDepth,
} from './schema.ts'
import { addFloodPoint, closeFloodPoint, editFloodPoint, listDeskPoints } from './service/desk.ts'
import { floodGeoJson, listFloodPoints } from './service/read.ts'
import { sayDepth } from './service/say.ts'

const tags = ['floods']
const id = z.object({ id: z.string().max(40) })
const denied = ['http.unauthenticated', 'http.forbidden', 'http.invalid_input'] as const
const GEOJSON = 'application/geo+json; charset=utf-8'
/** Nothing is older than that; caches ask each time, which a 304 makes cheap. */
const LIFE_MS = 2_000
const MAX_BYTES = 4_000_000
/** Words of one address: many phones of a carrier share one, in a flood all of them speak. */
const SAID_AN_HOUR = 120

const notModified = { description: 'The caller has it already (If-None-Match)' }

const list = createRoute({
  method: 'get',
  path: '/flood-points',
  operationId: 'listFloodPoints',
  summary: 'Places that go under water: road, stated depth, what residents said in three hours',
  tags,
  request: { query: ListPoints },
  responses: {
    200: json(z.object({ points: z.array(FloodPoint) }), 'Under water first; with an ETag'),
    304: notModified,
    ...problems('http.invalid_input'),
  },
})

const geojson = createRoute({
  method: 'get',
  path: '/flood-points.geojson',
  operationId: 'mapFloodPoints',
  summary: 'The same as GeoJSON, for maps and other systems',
  tags,
  request: { query: ListPoints },
  responses: {
    200: {
      description: 'Feature collection; with an ETag',
      content: { 'application/geo+json': { schema: z.string() } },
    },
    304: notModified,
    ...problems('http.invalid_input'),
  },
})

const say = createRoute({
  method: 'post',
  path: '/flood-points/{id}/depths',
  operationId: 'sayFloodDepth',
  summary:
    'How high the water stands on a grown person at a point; the last word of a phone counts',
  tags,
  request: { params: id, body: jsonBody(SayDepth) },
  responses: {
    204: { description: 'Kept' },
    ...problems('http.invalid_input', 'http.rate_limited', 'floods.not_found'),
  },
})

const desk = createRoute({
  method: 'get',
  path: '/console/flood-points',
  operationId: 'listDeskFloodPoints',
  summary: 'Points that the official may change',
  tags: ['console'],
  responses: {
    200: json(z.object({ points: z.array(DeskPoint) }), 'Points'),
    ...problems(...denied),
  },
})

const add = createRoute({
  method: 'post',
  path: '/console/flood-points',
  operationId: 'addFloodPoint',
  summary: 'A new point to watch',
  tags: ['console'],
  request: { body: jsonBody(PointInput) },
  responses: { 201: json(z.object({ id: z.string() }), 'Kept'), ...problems(...denied) },
})

const edit = createRoute({
  method: 'put',
  path: '/console/flood-points/{id}',
  operationId: 'editFloodPoint',
  summary: 'Change a point: place, stated depth with its time and source, road',
  tags: ['console'],
  request: { params: id, body: jsonBody(EditPoint) },
  responses: {
    204: { description: 'Kept' },
    ...problems(...denied, 'floods.not_found', 'http.conflict'),
  },
})

const close = createRoute({
  method: 'post',
  path: '/console/flood-points/{id}/close',
  operationId: 'closeFloodPoint',
  summary: 'Watch a point no longer',
  tags: ['console'],
  request: { params: id, body: jsonBody(ClosePoint) },
  responses: {
    204: { description: 'Closed, or so already' },
    ...problems(...denied, 'floods.not_found', 'http.conflict'),
  },
})

async function takeLimit(ctx: Ctx, remote: string): Promise<void> {
  const taken = await ctx.ports.limits.take(`floods.say:${remote}`, SAID_AN_HOUR, 3_600)
  if (!taken.ok)
    throw new AppError('http.rate_limited', { retryAfterSeconds: taken.retryAfterSeconds })
}

export function floodRoutes() {
  const snapshots = createSnapshots({ lifeMs: LIFE_MS, maxBytes: MAX_BYTES })
  return newRouter()
    .openapi(list, async (c) => {
      const points = await listFloodPoints(c.var.ctx, c.req.valid('query').unitCode)
      const { etag } = await snapshotOf(JSON.stringify(points))
      const headers = publicHeaders(etag, 0)
      if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
      return c.json({ points }, 200, headers)
    })
    .openapi(geojson, async (c) => {
      const { ctx } = c.var
      const { unitCode } = c.req.valid('query')
      const snapshot = await snapshots(ctx.now, unitCode ?? '', async () =>
        snapshotOf(await floodGeoJson(ctx, unitCode)),
      )
      return sendSnapshot(c, snapshot, { type: GEOJSON, maxAgeSeconds: 0 })
    })
    .openapi(say, async (c) => {
      const { ctx, remote } = c.var
      await takeLimit(ctx, remote)
      const { mark, device } = c.req.valid('json')
      await sayDepth(ctx, { id: c.req.valid('param').id, mark, sayer: { device } })
      return c.body(null, 204)
    })
    .openapi(desk, async (c) => c.json({ points: await listDeskPoints(c.var.ctx) }, 200))
    .openapi(add, async (c) => c.json(await addFloodPoint(c.var.ctx, c.req.valid('json')), 201))
    .openapi(edit, async (c) => {
      await editFloodPoint(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
    .openapi(close, async (c) => {
      await closeFloodPoint(c.var.ctx, { id: c.req.valid('param').id, ...c.req.valid('json') })
      return c.body(null, 204)
    })
}

export type FloodsClient = ReturnType<typeof floodRoutes>
