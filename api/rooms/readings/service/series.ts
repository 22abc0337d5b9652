import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { formatOffsetDateTime } from '../../../core/time.ts'
import { can } from '../../identity/index.ts'
import { chartSvg } from '../chart.ts'
import { MAIN_PROPERTY, PROPERTIES, type PropertyCode } from '../data/properties.ts'
import { chartWords, stationTitle } from '../messages.ts'
import { knownLevels } from '../policy/stage.ts'
import type { SeriesQuery, SeriesView } from '../schema.ts'
import { findRaw, findSeries, findSpans } from '../store/read.ts'
import { alarmLevelsOf } from '../store/stations.ts'
import { readNow } from './latest.ts'
import { getStation } from './stations.ts'

const DAY_MS = 86_400_000
/** 10-minute readings of a month; more has to be asked for in parts or by the hour. */
const MAX_POINTS = 5_000

/** A station's readings, hours or days over a stretch (the last day when none is named); whoever manages sees doubt too. */
export async function readSeries(ctx: Ctx, code: string, query: SeriesQuery): Promise<SeriesView> {
  const station = await getStation(ctx, code)
  const property = query.property ?? MAIN_PROPERTY[station.kind]
  if (!Object.hasOwn(PROPERTIES, property)) throw new AppError('readings.not_found')
  const { step } = query
  const to = query.to === undefined ? ctx.now() : new Date(query.to)
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(query.from)
  const range = { from, to, limit: MAX_POINTS + 1 }
  const ids = (await findSeries(ctx.db, { stationCodes: [code], property })).map(({ id }) => id)
  const seesAll = can(ctx.actor, 'readings.manage')
  const points =
    step === 'raw'
      ? (await findRaw(ctx.db, ids, range, seesAll)).map(({ at, value, quality }) => ({
          at,
          value,
          quality,
        }))
      : (await findSpans(ctx.db, step, ids, range)).map(({ at, mean, low, high, n, total }) => ({
          at,
          value: property === 'rainfall' ? total : mean,
          low,
          high,
          n,
        }))
  return {
    station: code,
    property,
    unit: PROPERTIES[property as PropertyCode].unit.symbol,
    step,
    points: points.slice(0, MAX_POINTS),
    isCut: points.length > MAX_POINTS,
  }
}

/** The same as CSV, times in Viet Nam's offset. */
export function seriesCsv({ points, station, property, unit }: SeriesView): string {
  const rows = points.map((p) =>
    [station, property, formatOffsetDateTime(new Date(p.at)), p.value, unit, p.quality ?? ''].join(
      ',',
    ),
  )
  return `${['station,property,at,value,unit,quality', ...rows].join('\r\n')}\r\n`
}

const COLOURS = ['', '#8a6d00', '#b45309', '#b91c1c', '#6b21a8'] as const

/** A picture of the last `hours` with the alarm lines, as SVG. */
export async function stationChart(ctx: Ctx, code: string, hours: number): Promise<string> {
  const station = await getStation(ctx, code)
  const to = ctx.now()
  const from = new Date(to.getTime() - hours * 3_600_000)
  const { points } = await readSeries(ctx, code, {
    from: from.toISOString(),
    to: to.toISOString(),
    step: hours > 24 * 30 ? 'hour' : 'raw',
    format: 'json',
  })
  const [now] = await readNow(ctx, [station])
  const words = chartWords(ctx.t, ctx.language, station.kind)
  return chartSvg({
    title: stationTitle(ctx.t, ctx.language, station),
    description: now === undefined ? '' : words.describe(now),
    language: ctx.language,
    points: points.map((p) => ({ atMs: Date.parse(p.at), value: p.value })),
    lines: knownLevels(alarmLevelsOf(station)).map(({ stage, cm }) => ({
      value: cm,
      label: words.line(stage),
      colour: COLOURS[stage],
    })),
    fromMs: from.getTime(),
    toMs: to.getTime(),
    tick: words.tick,
    figure: words.figure,
  })
}
