import type { Ctx, ReadingSource } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { requireCan } from '../../identity/index.ts'
import type { ReadingInput, SourceView } from '../schema.ts'
import { ingestReadings } from '../service/ingest.ts'
import {
  claimSources,
  findSources,
  nameSources,
  noteSource,
  type SourceRow,
} from '../store/sources.ts'
import { findStations, type Station } from '../store/stations.ts'
import { readAirLocation } from './openaq.ts'
import { readRiverMap } from './river-map.ts'

const MINUTE_MS = 60_000
const EVERY_MS = 10 * MINUTE_MS
/** A source that is down is asked ever more seldom, at least once in this time: a flood goes on meanwhile. */
const SELDOM_MS = 30 * MINUTE_MS

/** What a source says of stations of ours, or the code of why nothing can be taken. */
type Taken = { readings: ReadingInput[]; broken: number } | { problem: string }

/**
 * Asks each named source that is due for its newest readings, all at once, and takes them as if they had been posted:
 * the same again changes nothing. One that fails or is slow holds up no other. How many readings were stored.
 */
export async function pullReadings(ctx: Ctx): Promise<number> {
  const sources = ctx.settings.readingSources ?? []
  if (sources.length === 0) return 0
  const now = ctx.now()
  const urls = sources.map(({ url }) => url)
  await nameSources(ctx.db, urls, now)
  const until = new Date(now.getTime() + EVERY_MS)
  const due = await claimSources(ctx.db, urls, { now, until })
  const stored = await Promise.all(
    due.map(async (row) => {
      try {
        return await pullOne(ctx, row, sources)
      } catch (error) {
        ctx.log.error('readings.pull_failed', { host: new URL(row.url).host, error })
        return failed(ctx, row, 'failed')
      }
    }),
  )
  return stored.reduce((sum, n) => sum + n, 0)
}

async function pullOne(
  ctx: Ctx,
  row: SourceRow,
  sources: readonly ReadingSource[],
): Promise<number> {
  const { fetchDocument } = ctx.ports
  if (fetchDocument === null) return failed(ctx, row, 'fetching_off')
  const found = await fetchDocument(row.url, row.version === null ? {} : { version: row.version })
  if (found.kind === 'unchanged') return succeeded(ctx, row, { version: row.version, stored: 0 })
  if (found.kind !== 'file') return failed(ctx, row, found.code)
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  let stored = 0
  for (const source of sources.filter(({ url }) => url === row.url)) {
    const taken = take(source, found.bytes, { stations, now: ctx.now() })
    if ('problem' in taken) return failed(ctx, row, taken.problem)
    const { readings, broken } = taken
    if (broken > 0) ctx.log.warn('readings.pull_broken', { host: new URL(row.url).host, broken })
    const report = await ingestReadings(ctx, { readings })
    if (report.refused.length === readings.length) return failed(ctx, row, 'too_old')
    stored += report.stored
  }
  return succeeded(ctx, row, { version: found.version ?? null, stored })
}

type Known = { stations: readonly Station[]; now: Date }

function take(source: ReadingSource, bytes: Uint8Array, known: Known): Taken {
  return source.kind === 'river-map' ? takeRivers(bytes, known) : takeAir(source, bytes, known)
}

/** Gauges are ours by the weather service's code; a map that names none of them is no longer the map we know. */
function takeRivers(bytes: Uint8Array, { stations, now }: Known): Taken {
  const map = readRiverMap(bytes, now)
  if (map === undefined) return { problem: 'not_readable' }
  const rivers = stations.filter(({ kind }) => kind === 'river')
  const readings = map.levels.flatMap(({ code, at, valueM }) =>
    rivers
      .filter(({ nationalCode }) => nationalCode === code)
      .map((s) => ({ station: s.code, property: 'water_level', at, value: valueM, unit: 'm' })),
  )
  return readings.length === 0 ? { problem: 'none_of_ours' } : { readings, broken: map.broken }
}

function takeAir(
  { stationCode }: { stationCode: string },
  bytes: Uint8Array,
  { stations }: Known,
): Taken {
  const place = readAirLocation(bytes)
  if (place === undefined) return { problem: 'not_readable' }
  if (!stations.some(({ code, kind }) => code === stationCode && kind === 'air'))
    return { problem: 'unknown_station' }
  if (place.values.length === 0) return { problem: 'no_values' }
  return {
    readings: place.values.map((v) => ({ ...v, station: stationCode })),
    broken: place.broken,
  }
}

async function succeeded(
  ctx: Ctx,
  { url }: SourceRow,
  { version, stored }: { version: string | null; stored: number },
): Promise<number> {
  const now = ctx.now()
  await noteSource(ctx.db, url, { checkedAt: now, okAt: now, failures: 0, problem: null, version })
  return stored
}

async function failed(ctx: Ctx, row: SourceRow, problem: string): Promise<0> {
  const failures = row.failures + 1
  const now = ctx.now()
  const wait = Math.min(SELDOM_MS, EVERY_MS * 2 ** Math.min(failures - 1, 10))
  const nextAt = new Date(now.getTime() + wait)
  await noteSource(ctx.db, row.url, { checkedAt: now, failures, problem, nextAt, version: null })
  ctx.log.warn('readings.pull_problem', { host: new URL(row.url).host, problem })
  return 0
}

/** How the named sources stand; for whoever manages readings. */
export async function listReadingSources(ctx: Ctx): Promise<SourceView[]> {
  requireCan(ctx, 'readings.manage')
  const urls = (ctx.settings.readingSources ?? []).map(({ url }) => url)
  const rows = urls.length === 0 ? [] : await findSources(ctx.db, urls)
  return rows.map(({ url, checkedAt, okAt, failures, problem }) => ({
    ...{ url, checkedAt, okAt, failures, problem },
  }))
}
