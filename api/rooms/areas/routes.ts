import { AppError } from '../../core/errors.ts'
import { lngLat } from '../../core/geo.ts'
import { createSnapshots, sendSnapshot, snapshotOf } from '../../http/etag.ts'
import { createRoute, json, newRouter, problems, z } from '../../http/kit.ts'
import { unitByCode } from './data/index.ts'
import { UNITS } from './data/units.ts'
import { toUnitView } from './messages.ts'
import {
  AgencyList,
  HamletList,
  HotlineList,
  ResolveAnswer,
  ResolveQuery,
  UnitCode,
  UnitList,
} from './schema.ts'
import { resolvePlace } from './service/places.ts'
import { drawnBoundaries, listAgencies, listHamlets } from './service/read.ts'
import { selectHotlines } from './store.ts'

const tags = ['areas']
const UNIT_VIEWS = UNITS.map(toUnitView)
/** Reference data changes by import, not by the minute. */
const CACHED = 'public, max-age=300'
const SHAPES_LIFE_MS = 60_000
const SHAPES_MAX_BYTES = 2_000_000

const units = createRoute({
  method: 'get',
  path: '/areas',
  operationId: 'listUnits',
  tags,
  summary: 'The 40 commune-level units of today with what each was formed from, and the home unit',
  responses: { 200: json(UnitList, 'Units by code') },
})

const resolve = createRoute({
  method: 'get',
  path: '/areas/resolve',
  operationId: 'resolveArea',
  tags,
  summary: 'Unit of a name (old or new, with or without tone marks) or of a coordinate',
  request: { query: ResolveQuery },
  responses: {
    200: json(ResolveAnswer, 'One unit, candidates with what tells them apart, none, or outside'),
    ...problems('http.invalid_input'),
  },
})

const boundaries = createRoute({
  method: 'get',
  path: '/areas/boundaries.geojson',
  operationId: 'drawBoundaries',
  tags,
  summary: 'Imported shapes of units, simplified for drawing; no features where none were imported',
  responses: {
    200: {
      description: 'Feature collection; with an ETag',
      content: { 'application/geo+json': { schema: z.string() } },
    },
    304: { description: 'The caller has it already (If-None-Match)' },
  },
})

const hamlets = createRoute({
  method: 'get',
  path: '/areas/{unitCode}/hamlets',
  operationId: 'listHamlets',
  tags,
  summary: 'Hamlets of a unit that exist today',
  request: { params: z.object({ unitCode: UnitCode }) },
  responses: {
    200: json(HamletList, 'Hamlets by name'),
    ...problems('areas.not_found', 'http.invalid_input'),
  },
})

const agencies = createRoute({
  method: 'get',
  path: '/areas/agencies',
  operationId: 'listAgencies',
  tags,
  summary: 'Agencies that exist today: all, or those that serve a unit',
  request: { query: z.object({ unit: UnitCode.optional() }) },
  responses: { 200: json(AgencyList, 'Agencies by name'), ...problems('http.invalid_input') },
})

const hotlines = createRoute({
  method: 'get',
  path: '/areas/hotlines',
  operationId: 'listHotlines',
  tags,
  summary: 'Numbers to call, those of the home commune included; unconfirmed ones are marked',
  responses: { 200: json(HotlineList, 'Hotlines in order of position') },
})

export function areaRoutes() {
  const shapes = createSnapshots({ lifeMs: SHAPES_LIFE_MS, maxBytes: SHAPES_MAX_BYTES })
  return newRouter()
    .openapi(units, (c) => {
      c.header('Cache-Control', CACHED)
      return c.json({ home: c.var.ctx.settings.homeUnitCode, units: UNIT_VIEWS }, 200)
    })
    .openapi(resolve, async (c) => {
      const { q, lat, lng } = c.req.valid('query')
      const at = lat === undefined || lng === undefined ? undefined : lngLat(lng, lat)
      const query = at === undefined ? { q: q ?? '' } : { at }
      c.header('Cache-Control', 'no-store')
      return c.json(await resolvePlace(c.var.ctx, query), 200)
    })
    .openapi(boundaries, async (c) => {
      const { ctx } = c.var
      const drawn = await shapes(ctx.now, 'unit', async () =>
        snapshotOf(await drawnBoundaries(ctx.db)),
      )
      return sendSnapshot(c, drawn, { type: 'application/geo+json', maxAgeSeconds: 300 })
    })
    .openapi(agencies, async (c) => {
      const { db, now } = c.var.ctx
      const rows = await listAgencies(db, c.req.valid('query').unit, now())
      const list = rows.map(({ code, nameVi, nameEn, kind }) => ({ code, nameVi, nameEn, kind }))
      return c.json({ agencies: list }, 200)
    })
    .openapi(hotlines, async (c) => {
      const { db, language, settings } = c.var.ctx
      const rows = await selectHotlines(db, settings.homeUnitCode)
      const list = rows.map(({ code, phone, nameVi, nameEn, confirmed }) => {
        return { code, phone, name: language === 'en' ? nameEn : nameVi, confirmed }
      })
      return c.json({ hotlines: list }, 200)
    })
    .openapi(hamlets, async (c) => {
      const { unitCode } = c.req.valid('param')
      if (unitByCode(unitCode) === undefined) throw new AppError('areas.not_found')
      const { db, now } = c.var.ctx
      const rows = await listHamlets(db, unitCode, now())
      const list = rows.map(({ id, name, kind, lng, lat }) => ({ id, name, kind, lng, lat }))
      return c.json({ hamlets: list }, 200)
    })
}

export type AreasClient = ReturnType<typeof areaRoutes>
