import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { MAIN_PROPERTY, PROPERTIES } from '../data/properties.ts'
import { latestText } from '../messages.ts'
import { knownLevels, type Stage, type Standing, standing } from '../policy/stage.ts'
import { isStale } from '../policy/stale.ts'
import { flatSinceMs, minutesTo, type Point, STUCK_AFTER_MS, trendOf } from '../policy/trend.ts'
import type { LatestView } from '../schema.ts'
import type { SeriesRow } from '../store/ingest.ts'
import { findRaw, findSeries } from '../store/read.ts'
import { alarmLevelsOf, findStations, type Station } from '../store/stations.ts'
import { stationView } from './stations.ts'

/** What is known of a station's main property now; heights in cm. */
export type Now = {
  station: Station
  /** Null: it has not measured yet. */
  last: { at: Date; value: number } | null
  isStale: boolean
  /** Since when a river in flood reads the same for hours. */
  stuckSince: Date | null
  standing: Standing
  stage: Stage
  /** Per hour; null when it cannot be said. */
  perHour: number | null
  next: { stage: Stage; minutes: { from: number; to: number } } | null
}

/** Readings that a trend and a hanging float are seen from. */
const LOOK_BACK_MS = 6 * 3_600_000
const LOOK_BACK_ROWS = 5_000

/** What stations measured last, with what can be said of it; for answers and pages. */
export async function readNow(ctx: Ctx, stations: readonly Station[]): Promise<Now[]> {
  const all = await findSeries(ctx.db, { stationCodes: stations.map(({ code }) => code) })
  const mains = stations.map((station) => ({
    station,
    series: all.find(
      (s) => s.stationCode === station.code && s.property === MAIN_PROPERTY[station.kind],
    ),
  }))
  return Promise.all(mains.map(({ station, series }) => nowOf(ctx, station, series)))
}

async function nowOf(ctx: Ctx, station: Station, series: SeriesRow | undefined): Promise<Now> {
  const empty = { station, isStale: true, stuckSince: null, perHour: null, next: null }
  if (series === undefined || series.lastAt === null || series.lastValue === null)
    return { ...empty, last: null, standing: { kind: 'unknown' }, stage: 0 }
  const at = new Date(series.lastAt)
  const value = series.lastValue
  const levels = alarmLevelsOf(station)
  const said = {
    last: { at, value },
    standing: standing(value, levels),
    stage: series.stage,
  }
  if (isStale(station.kind, at, ctx.now())) return { ...empty, ...said }
  const points = await pointsBefore(ctx, series.id, at)
  const flatMs = flatSinceMs(points) ?? at.getTime()
  const isStuck = series.stage > 0 && at.getTime() - flatMs >= STUCK_AFTER_MS
  const trend = isStuck ? undefined : trendOf(points)
  const goal = knownLevels(levels).find(({ stage, cm }) => stage < 4 && cm > value)
  const minutes =
    goal === undefined || trend === undefined ? undefined : minutesTo(goal.cm, value, trend)
  return {
    station,
    ...said,
    isStale: false,
    stuckSince: isStuck ? new Date(flatMs) : null,
    perHour: trend === undefined ? null : Math.round(trend.perHour),
    next: goal === undefined || minutes === undefined ? null : { stage: goal.stage, minutes },
  }
}

async function pointsBefore(ctx: Ctx, seriesId: number, to: Date): Promise<Point[]> {
  const from = new Date(to.getTime() - LOOK_BACK_MS)
  const rows = await findRaw(ctx.db, [seriesId], { from, to, limit: LOOK_BACK_ROWS })
  return rows.map((r) => ({ atMs: Date.parse(r.at), value: r.value }))
}

/** Rivers that people of a unit ask about: their own, else all. `river` narrows it to a name. */
export async function riversFor(ctx: Ctx, unitCode: string): Promise<Station[]> {
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  const rivers = stations.filter(({ kind }) => kind === 'river')
  const own = rivers.filter(({ unitCodes }) => unitCodes.includes(unitCode))
  return own.length > 0 ? own : rivers
}

export function latestView(ctx: Ctx, now: Now): LatestView {
  const property = MAIN_PROPERTY[now.station.kind]
  const { last, standing: stands, next } = now
  const isRiver = now.station.kind === 'river'
  return {
    station: stationView(ctx, now.station),
    property,
    unit: PROPERTIES[property].unit.symbol,
    value: last?.value ?? null,
    at: last?.at.toISOString() ?? null,
    isStale: now.isStale,
    isStuck: now.stuckSince !== null,
    ...(isRiver ? { standing: stands, stage: now.stage } : {}),
    perHour: now.perHour,
    ...(next === null
      ? {}
      : {
          nextLevel: {
            stage: next.stage,
            minutesFrom: next.minutes.from,
            minutesTo: next.minutes.to,
          },
        }),
    text: latestText(ctx.t, ctx.language, now),
  }
}

/** The newest reading of every station, or of one kind. */
export async function listLatest(
  ctx: Ctx,
  filter: { kind?: string | undefined; unitCode?: string | undefined } = {},
): Promise<LatestView[]> {
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  const wanted = stations.filter(
    ({ kind, unitCodes }) =>
      (filter.kind === undefined || kind === filter.kind) &&
      (filter.unitCode === undefined || unitCodes.includes(filter.unitCode)),
  )
  return (await readNow(ctx, wanted)).map((now) => latestView(ctx, now))
}
