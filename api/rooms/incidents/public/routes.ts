import type { Context } from 'hono'
import type { Ctx } from '../../../context.ts'
import {
  createSnapshots,
  isKnown,
  publicHeaders,
  sendSnapshot,
  snapshotOf,
} from '../../../http/etag.ts'
import {
  createRoute,
  type HttpEnv,
  json,
  newRouter,
  parseInput,
  problems,
  z,
} from '../../../http/kit.ts'
import { ExportRange, IncidentPage, ListIncidents, MapWindow } from '../schema.ts'
import { listPublicIncidents } from '../service/read.ts'
import { COLUMNS, exportRange, LICENCE, openRows } from './export.ts'
import { toCsv, toGeoJson, toStream } from './formats.ts'
import { mapWindow, windowKey } from './map.ts'

const tags = ['incidents']
const GEOJSON = 'application/geo+json; charset=utf-8'
/** With the second that a cache may keep it, nothing on a map is older than two seconds. */
const WINDOW_LIFE_MS = 1_000
const MAX_AGE_SECONDS = 1
/** Some forty windows of 1,000 cases. */
const WINDOWS_MAX_BYTES = 8_000_000

const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
})
const notModified = { description: 'The caller has it already (If-None-Match)' }

const list = createRoute({
  method: 'get',
  path: '/incidents',
  operationId: 'listIncidents',
  summary: 'Public incidents from acceptance on, newest first',
  tags,
  request: { query: ListIncidents },
  responses: {
    200: json(IncidentPage, 'One page; with an ETag'),
    304: notModified,
    ...problems('http.invalid_input'),
  },
})

const map = createRoute({
  method: 'get',
  path: '/incidents.geojson',
  operationId: 'mapIncidents',
  summary: 'A window of the map as GeoJSON: public cases, or counts by squares with `grid=true`',
  tags,
  request: { query: MapWindow },
  responses: {
    200: text('application/geo+json', 'Feature collection; `hasMore` when the window holds more'),
    304: notModified,
    ...problems('http.invalid_input'),
  },
})

const about = createRoute({
  method: 'get',
  path: '/open-data/incidents',
  operationId: 'aboutOpenIncidents',
  summary: 'What the open data set of incidents holds: licence, columns, addresses',
  tags,
  responses: {
    200: json(
      z.object({
        title: z.string(),
        licence: z.object({ id: z.string(), url: z.string() }),
        columns: z.array(z.object({ name: z.string(), description: z.string() })),
        files: z.array(z.object({ type: z.string(), url: z.string() })),
        demo: z.string().optional(),
      }),
      'Description of the data set',
    ),
  },
})

const file = (extension: 'csv' | 'geojson', type: string, name: string) =>
  createRoute({
    method: 'get',
    path: `/open-data/incidents.${extension}` as const,
    operationId: name,
    summary: `Public incidents by months of receipt as ${extension}, masked like the list`,
    tags,
    request: { query: ExportRange },
    responses: {
      200: text(type, 'The file, as a stream'),
      ...problems('http.invalid_input'),
    },
  })
const csv = file('csv', 'text/csv', 'exportIncidentsCsv')
const geojson = file('geojson', 'application/geo+json', 'exportIncidentsGeoJson')

function describe(ctx: Ctx) {
  const { t, settings } = ctx
  const url = `${settings.publicUrl}/api/v1/open-data/incidents`
  return {
    title: t('incidents:open_data.name'),
    licence: LICENCE,
    columns: COLUMNS.map((name) => ({
      name,
      description: t(`incidents:open_data.column.${name}`),
    })),
    files: [
      { type: 'text/csv', url: `${url}.csv` },
      { type: 'application/geo+json', url: `${url}.geojson` },
    ],
    ...(settings.isDemo ? { demo: t('common:demo.banner') } : {}),
  }
}

function send(c: Context<HttpEnv>, query: ExportRange, extension: 'csv' | 'geojson'): Response {
  const { ctx } = c.var
  const range = exportRange(ctx, query)
  const type = extension === 'csv' ? 'text/csv; charset=utf-8' : GEOJSON
  const headers = {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="incidents-${range.from}-${range.to}.${extension}"`,
    Link: `<${LICENCE.url}>; rel="license"`,
    'Cache-Control': 'public, max-age=60',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const rows = openRows(ctx, range)
  c.set('keepsDbOpen', true)
  const pieces = extension === 'csv' ? toCsv(ctx, range, rows) : toGeoJson(ctx, range, rows)
  return c.body(toStream(pieces), 200, headers)
}

/** What anybody may read of incidents. */
export function publicIncidentRoutes() {
  const windows = createSnapshots({ lifeMs: WINDOW_LIFE_MS, maxBytes: WINDOWS_MAX_BYTES })
  return newRouter()
    .openapi(list, async (c) => {
      const page = await listPublicIncidents(c.var.ctx, c.req.valid('query'))
      const { etag } = await snapshotOf(JSON.stringify(page))
      const headers = publicHeaders(etag, MAX_AGE_SECONDS)
      if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
      return c.json(page, 200, headers)
    })
    .openapi(map, async (c) => {
      const { ctx } = c.var
      const window = parseInput(MapWindow, c.req.valid('query'))
      const snapshot = await windows(ctx.now, windowKey(window), async () =>
        snapshotOf(await mapWindow(ctx, window)),
      )
      return sendSnapshot(c, snapshot, { type: GEOJSON, maxAgeSeconds: MAX_AGE_SECONDS })
    })
    .openapi(about, (c) => c.json(describe(c.var.ctx), 200))
    .openapi(csv, (c) => send(c, c.req.valid('query'), 'csv'))
    .openapi(geojson, (c) => send(c, c.req.valid('query'), 'geojson'))
}
