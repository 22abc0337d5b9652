import { asKey } from '../../../../locales/index.ts'
import type { Ctx } from '../../../context.ts'
import { addDays, localDate, startOfLocalDay } from '../../../core/time.ts'
import {
  type Aqi,
  bandOf,
  dailyAqi,
  type Hours,
  hourlyAqi,
  POLLUTANTS,
  type Pollutant,
} from '../policy/aqi.ts'
import { isStale } from '../policy/stale.ts'
import type { AirView } from '../schema.ts'
import { findHourMeans, findSeries } from '../store/read.ts'
import { findStations, type Station } from '../store/stations.ts'
import { stationView } from './stations.ts'

const HOUR_MS = 3_600_000
const DAYS = 7
const DAY_HOURS = 24
/** Hours before midnight that the first eight-hour mean of ozone reaches back. */
const BEFORE_DAY = 7

/** VN_AQI of a station; `at` is the end of its hour, null when it has not measured lately. */
export type AirNow = { station: Station; at: Date | null; aqi: Aqi | undefined; isStale: boolean }

type Means = Partial<Record<Pollutant, ReadonlyMap<number, number>>>

async function loadMeans(ctx: Ctx, station: Station, from: Date): Promise<Means> {
  const series = await findSeries(ctx.db, { stationCodes: [station.code] })
  const rows = await findHourMeans(
    ctx.db,
    series.map(({ id }) => id),
    from,
    ctx.now(),
  )
  const means: Means = {}
  for (const pollutant of POLLUTANTS) {
    const id = series.find(({ property }) => property === pollutant)?.id
    if (id === undefined) continue
    const own = rows.filter(({ seriesId }) => seriesId === id)
    means[pollutant] = new Map(own.map((r) => [Date.parse(r.at), r.mean]))
  }
  return means
}

/** Hours back from the one that ends at `endMs`, the newest first. */
function hoursUpTo(means: Means, endMs: number, count: number): Partial<Record<Pollutant, Hours>> {
  return Object.fromEntries(
    Object.entries(means).map(([pollutant, byHour]) => [
      pollutant,
      Array.from({ length: count }, (_, i) => byHour.get(endMs - (i + 1) * HOUR_MS) ?? null),
    ]),
  )
}

/** The newest whole hour that gives an index, of the last three. */
function newest(means: Means, now: Date): { endMs: number; aqi: Aqi } | undefined {
  const thisHour = now.getTime() - (now.getTime() % HOUR_MS)
  for (let back = 0; back < 3; back++) {
    const endMs = thisHour - back * HOUR_MS
    const aqi = hourlyAqi(hoursUpTo(means, endMs, 12))
    const hasNew = Object.values(means).some((byHour) => byHour.has(endMs - HOUR_MS))
    if (aqi !== undefined && hasNew) return { endMs, aqi }
  }
  return undefined
}

const airStations = async (ctx: Ctx): Promise<Station[]> =>
  (await findStations(ctx.db, localDate(ctx.now()))).filter(({ kind }) => kind === 'air')

function airNow(ctx: Ctx, station: Station, means: Means): AirNow {
  const found = newest(means, ctx.now())
  if (found !== undefined)
    return { station, at: new Date(found.endMs), aqi: found.aqi, isStale: false }
  const last = Object.values(means).flatMap((byHour) => [...byHour.keys()])
  const lastMs = last.length === 0 ? null : Math.max(...last) + HOUR_MS
  const at = lastMs === null ? null : new Date(Math.min(lastMs, ctx.now().getTime()))
  return { station, at, aqi: undefined, isStale: at === null || isStale('air', at, ctx.now()) }
}

/** The air of now at each station, by the hour's index. */
export async function readAir(ctx: Ctx): Promise<AirNow[]> {
  const from = new Date(ctx.now().getTime() - 48 * HOUR_MS)
  const stations = await airStations(ctx)
  return Promise.all(
    stations.map(async (station) => airNow(ctx, station, await loadMeans(ctx, station, from))),
  )
}

/** Air of now and the index of the last seven whole days, for the API. */
export async function listAir(ctx: Ctx): Promise<AirView[]> {
  const today = localDate(ctx.now())
  const from = new Date(startOfLocalDay(addDays(today, -DAYS)).getTime() - BEFORE_DAY * HOUR_MS)
  const views: AirView[] = []
  for (const station of await airStations(ctx)) {
    const means = await loadMeans(ctx, station, from)
    const { at, aqi, isStale } = airNow(ctx, station, means)
    const days = Array.from({ length: DAYS }, (_, i) => addDays(today, i - DAYS)).flatMap(
      (date) => {
        const endMs = startOfLocalDay(addDays(date, 1)).getTime()
        const day = dailyAqi(hoursUpTo(means, endMs, DAY_HOURS + BEFORE_DAY))
        return day === undefined ? [] : [{ date, index: day.index, dominant: day.dominant }]
      },
    )
    const band = aqi === undefined ? null : bandOf(aqi.index)
    views.push({
      station: stationView(ctx, station),
      at: at?.toISOString() ?? null,
      index: aqi?.index ?? null,
      band: band?.code ?? null,
      bandName: band === null ? null : ctx.t(asKey(`readings:band.${band.code}`)),
      colour: band?.colour ?? null,
      dominant: aqi?.dominant ?? null,
      parts: aqi?.parts ?? {},
      isStale,
      method: 'VN_AQI, Quyết định 1459/QĐ-TCMT',
      days,
    })
  }
  return views
}
