import type { Context } from 'hono'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import {
  createRoute,
  type HttpEnv,
  json,
  jsonBody,
  newRouter,
  problems,
  z,
} from '../../http/kit.ts'
import { listReadingSources } from './pull/service.ts'
import {
  AirView,
  Ingested,
  KeyInput,
  LatestView,
  ReadingBatch,
  SeriesQuery,
  SeriesView,
  SourceView,
  StationCode,
  StationInput,
  StationView,
  WatchedStation,
} from './schema.ts'
import { listAir } from './service/air.ts'
import { ingestReadings } from './service/ingest.ts'
import { createStationKey, listStationKeys, openByKey, revokeStationKey } from './service/keys.ts'
import { listLatest } from './service/latest.ts'
import { readSeries, seriesCsv, stationChart } from './service/series.ts'
import { listStations, saveStation } from './service/stations.ts'
import { watchStations } from './service/watch.ts'

const tags = ['readings']
const code = z.object({ code: StationCode })
/** Batches of one key; a gateway of fifty stations sends one a minute. */
const BATCHES_A_MINUTE = 120
/** Wrong keys from one address. */
const TRIES_A_MINUTE = 30
export const KEY_HEADER = 'x-station-key'

async function limit(ctx: Ctx, key: string, hits: number): Promise<void> {
  const taken = await ctx.ports.limits.take(key, hits, 60)
  if (taken.ok) return
  const { retryAfterSeconds } = taken
  throw new AppError('http.rate_limited', {
    params: { seconds: retryAfterSeconds },
    retryAfterSeconds,
  })
}

/** Stores a batch for whoever holds a station key, or for an official or job that manages readings. */
export async function ingestFrom(c: Context<HttpEnv>, batch: unknown): Promise<Ingested> {
  const { ctx, remote } = c.var
  const key = c.req.header(KEY_HEADER)
  if (key === undefined) return ingestReadings(ctx, batch)
  const opened = await openByKey(ctx, key)
  if (opened === undefined) {
    await limit(ctx, `readings.key:${remote}`, TRIES_A_MINUTE)
    throw new AppError('http.unauthenticated')
  }
  const { actor } = opened.ctx
  await limit(ctx, `readings.ingest:${actor.kind === 'system' ? actor.name : ''}`, BATCHES_A_MINUTE)
  return ingestReadings(opened.ctx, batch, { stationCodes: opened.stationCodes })
}

const ingest = createRoute({
  method: 'post',
  path: '/readings',
  operationId: 'ingestReadings',
  summary:
    'Readings of stations, with the key of a logger or gateway in `X-Station-Key`; the same again changes nothing',
  tags,
  request: {
    headers: z.object({ [KEY_HEADER]: z.string().max(100).optional() }),
    body: jsonBody(ReadingBatch),
  },
  responses: {
    200: json(Ingested, 'What became of them'),
    ...problems(
      'http.invalid_input',
      'http.unauthenticated',
      'http.forbidden',
      'http.rate_limited',
    ),
  },
})

const stations = createRoute({
  method: 'get',
  path: '/stations',
  operationId: 'listStations',
  summary: 'Stations with datum and confirmed alarm levels',
  tags,
  responses: { 200: json(z.object({ stations: z.array(StationView) }), 'Stations of today') },
})

const save = createRoute({
  method: 'put',
  path: '/stations',
  operationId: 'saveStation',
  summary: 'Add or change a station',
  tags,
  request: { body: jsonBody(StationInput) },
  responses: {
    200: json(z.object({ code: z.string() }), 'Saved'),
    ...problems('http.invalid_input', 'http.unauthenticated', 'http.forbidden'),
  },
})

const latest = createRoute({
  method: 'get',
  path: '/readings/latest',
  operationId: 'latestReadings',
  summary: 'The newest reading of each station: level, standing, trend, time to the next level',
  tags,
  request: {
    query: z.object({
      kind: z.enum(['river', 'rain', 'air', 'reservoir', 'tide']).optional(),
      unitCode: z.string().max(5).optional(),
    }),
  },
  responses: { 200: json(z.object({ readings: z.array(LatestView) }), 'Newest readings') },
})

const air = createRoute({
  method: 'get',
  path: '/air',
  operationId: 'airQuality',
  summary: 'VN_AQI of each air station: the hour and the last seven days',
  tags,
  responses: { 200: json(z.object({ stations: z.array(AirView) }), 'Air') },
})

const series = createRoute({
  method: 'get',
  path: '/stations/{code}/series',
  operationId: 'stationSeries',
  summary: 'Readings, hours or days of a station; JSON or CSV',
  tags,
  request: { params: code, query: SeriesQuery },
  responses: {
    200: {
      description: 'The series',
      content: {
        'application/json': { schema: SeriesView },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems('http.invalid_input', 'readings.not_found'),
  },
})

const chart = createRoute({
  method: 'get',
  path: '/stations/{code}/chart.svg',
  operationId: 'stationChart',
  summary: 'A picture of the last hours with alarm lines',
  tags,
  request: {
    params: code,
    query: z.object({ hours: z.coerce.number().int().min(1).max(2_160).default(24) }),
  },
  responses: {
    200: { description: 'SVG', content: { 'image/svg+xml': { schema: z.string() } } },
    ...problems('http.invalid_input', 'readings.not_found'),
  },
})

const watch = createRoute({
  method: 'get',
  path: '/console/stations',
  operationId: 'watchStations',
  summary: 'Every station as its keepers see it: silent ones first, unconfirmed alarm levels named',
  tags,
  responses: {
    200: json(z.object({ stations: z.array(WatchedStation) }), 'Stations of today'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

const KeyView = z
  .object({
    id: z.uuid(),
    label: z.string(),
    stationCodes: z.array(z.string()),
    createdAt: z.string(),
    revokedAt: z.string().nullable(),
  })
  .openapi('StationKey')

const addKey = createRoute({
  method: 'post',
  path: '/station-keys',
  operationId: 'createStationKey',
  summary: 'A key for a logger or gateway; it is shown this once',
  tags,
  request: { body: jsonBody(KeyInput) },
  responses: {
    201: json(z.object({ id: z.uuid(), key: z.string() }), 'The key'),
    ...problems(
      'http.invalid_input',
      'http.unauthenticated',
      'http.forbidden',
      'readings.not_found',
    ),
  },
})

const keys = createRoute({
  method: 'get',
  path: '/station-keys',
  operationId: 'listStationKeys',
  summary: 'Keys and what they may write',
  tags,
  responses: {
    200: json(z.object({ keys: z.array(KeyView) }), 'Keys, never their secrets'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

const endKey = createRoute({
  method: 'delete',
  path: '/station-keys/{id}',
  operationId: 'revokeStationKey',
  summary: 'End a key',
  tags,
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Ended' },
    ...problems('http.unauthenticated', 'http.forbidden', 'readings.not_found'),
  },
})

const sources = createRoute({
  method: 'get',
  path: '/reading-sources',
  operationId: 'listReadingSources',
  summary: 'Sources that are asked for readings, and how they stand',
  tags,
  responses: {
    200: json(z.object({ sources: z.array(SourceView) }), 'Named sources'),
    ...problems('http.unauthenticated', 'http.forbidden'),
  },
})

export function readingRoutes() {
  return newRouter()
    .openapi(ingest, async (c) => c.json(await ingestFrom(c, c.req.valid('json')), 200))
    .openapi(stations, async (c) => c.json({ stations: await listStations(c.var.ctx) }, 200))
    .openapi(save, async (c) => c.json(await saveStation(c.var.ctx, c.req.valid('json')), 200))
    .openapi(latest, async (c) =>
      c.json({ readings: await listLatest(c.var.ctx, c.req.valid('query')) }, 200),
    )
    .openapi(air, async (c) => c.json({ stations: await listAir(c.var.ctx) }, 200))
    .openapi(series, async (c) => {
      const query = c.req.valid('query')
      const view = await readSeries(c.var.ctx, c.req.valid('param').code, query)
      return query.format === 'csv'
        ? c.body(seriesCsv(view), 200, { 'Content-Type': 'text/csv; charset=UTF-8' })
        : c.json(view, 200)
    })
    .openapi(chart, async (c) => {
      const { hours } = c.req.valid('query')
      const svg = await stationChart(c.var.ctx, c.req.valid('param').code, hours)
      return c.body(svg, 200, { 'Content-Type': 'image/svg+xml; charset=UTF-8' })
    })
    .openapi(sources, async (c) => c.json({ sources: await listReadingSources(c.var.ctx) }, 200))
    .openapi(addKey, async (c) =>
      c.json(await createStationKey(c.var.ctx, c.req.valid('json')), 201),
    )
    .openapi(keys, async (c) => c.json({ keys: await listStationKeys(c.var.ctx) }, 200))
    .openapi(watch, async (c) => c.json({ stations: await watchStations(c.var.ctx) }, 200))
    .openapi(endKey, async (c) => {
      await revokeStationKey(c.var.ctx, c.req.valid('param'))
      return c.body(null, 204)
    })
}

export type ReadingsClient = ReturnType<typeof readingRoutes>
