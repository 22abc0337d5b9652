import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { MAIN_PROPERTY, type PropertyCode } from '../data/properties.ts'
import {
  countObservations,
  findObservations,
  type ObservationRow,
  type Where,
} from '../store/observations.ts'
import { findSeries } from '../store/read.ts'
import { findStations } from '../store/stations.ts'
import {
  type Entity,
  expansionOf,
  type Item,
  itemsOf,
  observationItem,
  type Words,
} from './entities.ts'
import { SETS, type Stream } from './model.ts'
import { type Condition, type Operator, type Query, readQuery, writeToken } from './query.ts'
import { type Place, walk } from './walk.ts'

/** Kept whole. Order, filters and creation are offered for observations only, so they are not claimed. */
const CLASSES = [
  'datamodel',
  'resource-path/resource-path-to-entities',
  'request-data/status-code',
  'request-data/query-status-code',
  'request-data/select',
  'request-data/top',
  'request-data/skip',
  'request-data/count',
  'request-data/pagination',
]

export const baseOf = (ctx: Pick<Ctx, 'settings'>): string =>
  `${ctx.settings.publicUrl}/sensorthings/v1.1`

/** The service root: where the sets are, and which classes of the standard are kept. */
export function readRoot(ctx: Ctx) {
  const base = baseOf(ctx)
  return {
    value: SETS.map((name) => ({ name, url: `${base}/${name}` })),
    serverSettings: {
      conformance: CLASSES.map((name) => `http://www.opengis.net/spec/iot_sensing/1.1/req/${name}`),
    },
  }
}

export type Answer = { json: unknown } | { text: string } | { nothing: true }

/**
 * Answers an address of SensorThings (without the service's own), for everybody. Throws `http.not_found`,
 * `readings.query_invalid`, `readings.query_unsupported`.
 */
export async function readSensorThings(
  ctx: Ctx,
  path: string,
  search: URLSearchParams,
): Promise<Answer> {
  const all = await listStreams(ctx)
  const place = walk(path, all)
  if (place === undefined) throw new AppError('http.not_found')
  const { set, rest, through } = place
  const words = { t: ctx.t, language: ctx.language, base: baseOf(ctx) }
  const query = readQuery(search, set)
  const { select, expand } = query
  const show = (item: Item): Entity => ({
    ...(select === null ? item.entity : only(item.entity, select)),
    ...expansionOf(set, item, { names: expand, all, words }),
  })
  if (through !== undefined) await findOne(ctx, through, words)
  if (place.isOne) {
    const item = await findOne(ctx, place, words)
    return rest.length === 0 ? { json: show(item) } : answerProperty(item.entity, rest)
  }
  const { items, ...page } = await readCollection(ctx, place, { query, words, path, search })
  const isReferences = rest[0] === '$ref'
  const value = items.map((item) =>
    isReferences ? only(item.entity, ['@iot.selfLink']) : show(item),
  )
  return { json: { ...page, value } }
}

/** What each station measures: its main property, and whatever else it ever sent. */
export async function listStreams(ctx: Ctx): Promise<Stream[]> {
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  const series = await findSeries(ctx.db, { stationCodes: stations.map(({ code }) => code) })
  return stations.flatMap((station) => {
    const own = series.filter(({ stationCode }) => stationCode === station.code)
    const properties = new Set<PropertyCode>([
      MAIN_PROPERTY[station.kind],
      ...own.map(({ property }) => property),
    ])
    return [...properties].map((property) => {
      const seriesId = own.find((one) => one.property === property)?.id ?? null
      return { id: `${station.code}.${property}`, station, property, seriesId }
    })
  })
}

async function findOne(ctx: Ctx, { set, streams, atMs }: Place, words: Words): Promise<Item> {
  const [stream] = streams
  if (stream === undefined) throw new AppError('http.not_found')
  if (set !== 'Observations') {
    const [item] = itemsOf(set, [stream], words)
    if (item === undefined) throw new AppError('http.not_found')
    return item
  }
  const at = new Date(atMs ?? 0).toISOString()
  const [row] = await findObservations(ctx.db, {
    seriesIds: stream.seriesId === null ? [] : [stream.seriesId],
    where: [{ column: 'at', comparison: '=', operand: at }],
    ...{ newestFirst: true, after: null, skip: 0, limit: 1 },
  })
  if (row === undefined) throw new AppError('http.not_found')
  return observationItem(stream, { ...row, atMs: Date.parse(row.at) }, words)
}

/** One property, or its bare value; one that has none is an empty answer. */
function answerProperty(entity: Entity, [name = '', suffix]: readonly string[]): Answer {
  if (!Object.hasOwn(entity, name)) throw new AppError('http.not_found')
  const value = entity[name]
  if (value === null) return { nothing: true }
  if (suffix === undefined) return { json: { [name]: value } }
  return { text: typeof value === 'object' ? JSON.stringify(value) : String(value) }
}

type Asked = { query: Query; words: Words; path: string; search: URLSearchParams }
type Page = { '@iot.count'?: number; '@iot.nextLink'?: string; items: Item[] }

async function readCollection(ctx: Ctx, place: Place, asked: Asked): Promise<Page> {
  const { set, streams } = place
  const { query, words } = asked
  if (set === 'Observations') return readObservations(ctx, streams, asked)
  const all = itemsOf(set, streams, words)
  const end = query.skip + query.top
  return {
    ...(query.count ? { '@iot.count': all.length } : {}),
    ...(end < all.length && query.top > 0 ? nextLink(asked, '$skip', String(end)) : {}),
    items: all.slice(query.skip, end),
  }
}

async function readObservations(ctx: Ctx, streams: readonly Stream[], asked: Asked): Promise<Page> {
  const { query, words } = asked
  const bySeries = new Map(streams.map((stream) => [stream.seriesId, stream]))
  const seriesIds = [...bySeries.keys()].filter((id) => id !== null)
  const where = query.conditions.map(toWhere)
  const limit = query.top === 0 ? 0 : query.top + 1
  const rows = await findObservations(ctx.db, { ...query, seriesIds, where, limit })
  const last = rows.length > query.top ? rows[query.top - 1] : undefined
  return {
    ...(query.count ? { '@iot.count': await countObservations(ctx.db, { seriesIds, where }) } : {}),
    ...(last === undefined ? {} : nextLink(asked, '$skiptoken', tokenOf(last))),
    items: rows.slice(0, query.top).flatMap((row) => {
      const stream = bySeries.get(row.seriesId)
      if (stream === undefined) return []
      return [observationItem(stream, { ...row, atMs: Date.parse(row.at) }, words)]
    }),
  }
}

const tokenOf = ({ at, seriesId }: ObservationRow) => writeToken(Date.parse(at), seriesId)

const COMPARISONS = {
  ...{ eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' },
} as const satisfies Record<Operator, Where['comparison']>

function toWhere(condition: Condition): Where {
  const comparison = COMPARISONS[condition.operator]
  return condition.field === 'result'
    ? { column: 'value', comparison, operand: condition.value }
    : { column: 'at', comparison, operand: condition.at }
}

/** The same question, from where this page ends. */
function nextLink({ path, search, words }: Asked, option: string, value: string) {
  const next = new URLSearchParams(search)
  next.delete('$skip')
  next.set(option, value)
  const options = String(next).replaceAll('%24', '$')
  return { '@iot.nextLink': `${words.base}/${path}?${options}` }
}

const only = (entity: Entity, names: readonly string[]): Entity =>
  Object.fromEntries(
    Object.entries(entity).filter(([name]) =>
      names.includes(name.replace(/@iot\.navigationLink$/, '')),
    ),
  )
