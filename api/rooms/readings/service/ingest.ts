import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { PROPERTIES, type PropertyCode } from '../data/properties.ts'
import { isUsable, type Judged, judge } from '../policy/quality.ts'
import { nextStage } from '../policy/stage.ts'
import { type Ingested, ReadingBatch, type ReadingInput, StationCode } from '../schema.ts'
import {
  findKnown,
  insertReadings,
  type Kept,
  knownKey,
  lockSeries,
  markDirty,
  replaceReadings,
  type SeriesRow,
  saveSeries,
} from '../store/ingest.ts'
import { alarmLevelsOf, findStations, type Station } from '../store/stations.ts'

/** Readings themselves are kept so long; hours and days for ever. */
export const RAW_DAYS = 90
const DAY_MS = 86_400_000
/** A level that was crossed longer ago is history: it moves the stage and tells nobody. */
const NEWS_MS = 3 * 3_600_000

export type Source = {
  /** Stations it may write; undefined: all. */
  stationCodes?: readonly string[]
  /** History may come by an import only. */
  mayBeOld?: true
}

type Item = { index: number; reading: ReadingInput; property: PropertyCode; atMs: number }

/**
 * Takes a batch, in any order, once for each station, property and moment: the same again is a duplicate, another value
 * a correction. Doubtful values are kept with their flag. Rows of stations that the source does not hold are refused
 * one by one, the same way whether they exist. Needs `readings.manage`, which a station's key stands for.
 */
export async function ingestReadings(
  ctx: Ctx,
  input: unknown,
  source: Source = {},
): Promise<Ingested> {
  requireCan(ctx, 'readings.manage')
  const { readings } = parseInput(ReadingBatch, input)
  return inTransaction(ctx, async (tx) => {
    const stations = await stationsFor(tx, readings, source)
    const { items, refused } = sift(tx, readings, stations, source)
    const result: Ingested = { stored: 0, duplicates: 0, corrected: 0, doubtful: {}, refused }
    if (items.length === 0) return result
    const series = await lockSeries(tx.db, pairsOf(items))
    const known = await findKnown(tx.db, keysOf(items, series))
    const fresh: Kept[] = []
    const replaced: Kept[] = []
    for (const one of series) {
      const own = items.filter(
        ({ reading, property }) => reading.station === one.stationCode && property === one.property,
      )
      const step = foldSeries(tx, one, own, known, result)
      fresh.push(...step.fresh)
      replaced.push(...step.replaced)
      await advance(tx, one, stations.get(one.stationCode), step)
    }
    await insertReadings(tx.db, fresh, tx.now())
    await replaceReadings(tx.db, replaced, tx.newId, tx.now())
    await markDirty(tx.db, [...fresh, ...replaced])
    if (replaced.length > 0)
      await audit(tx, {
        action: 'readings.corrected',
        subjectKind: 'readings',
        subjectId: tx.requestId,
        data: { corrected: replaced.length },
      })
    return result
  })
}

async function stationsFor(
  tx: Ctx,
  readings: readonly ReadingInput[],
  { stationCodes }: Source,
): Promise<Map<string, Station>> {
  const named = [...new Set(readings.map(({ station }) => station))].filter(
    (code) => StationCode.safeParse(code).success,
  )
  const allowed = stationCodes === undefined ? named : named.filter((c) => stationCodes.includes(c))
  const found = await findStations(tx.db, localDate(tx.now()), allowed)
  return new Map(found.map((station) => [station.code, station]))
}

function sift(
  tx: Ctx,
  readings: readonly ReadingInput[],
  stations: ReadonlyMap<string, Station>,
  { mayBeOld }: Source,
): { items: Item[]; refused: Ingested['refused'] } {
  const oldestMs = tx.now().getTime() - RAW_DAYS * DAY_MS
  const items: Item[] = []
  const refused: Ingested['refused'] = []
  for (const [index, reading] of readings.entries()) {
    const { property } = reading
    const atMs = Date.parse(reading.at)
    if (!stations.has(reading.station) || !Object.hasOwn(PROPERTIES, property))
      refused.push({ index, code: 'not_yours' })
    else if (atMs < oldestMs && mayBeOld === undefined) refused.push({ index, code: 'too_old' })
    else items.push({ index, reading, property: property as PropertyCode, atMs })
  }
  return { items: items.sort((a, b) => a.atMs - b.atMs || a.index - b.index), refused }
}

const pairsOf = (items: readonly Item[]) => [
  ...new Map(
    items.map(({ reading, property }) => [
      `${reading.station}/${property}`,
      { stationCode: reading.station, property },
    ]),
  ).values(),
]

function keysOf(items: readonly Item[], series: readonly SeriesRow[]) {
  const ids = new Map(series.map((s) => [`${s.stationCode}/${s.property}`, s.id]))
  return items.map(({ reading, property, atMs }) => ({
    seriesId: ids.get(`${reading.station}/${property}`) ?? 0,
    atMs,
  }))
}

type Last = { atMs: number; value: number } | null
type Step = { fresh: Kept[]; replaced: Kept[]; news: Judged[]; last: Last }

const lastOf = ({ lastAt, lastValue }: SeriesRow): Last =>
  lastAt === null || lastValue === null ? null : { atMs: Date.parse(lastAt), value: lastValue }

/** Sorts one series' rows into new, replaced and repeated ones, and follows its newest usable reading. */
function foldSeries(
  tx: Ctx,
  series: SeriesRow,
  items: readonly Item[],
  known: ReadonlyMap<string, Judged>,
  result: Ingested,
): Step {
  const nowMs = tx.now().getTime()
  const fresh = new Map<number, Kept>()
  const replaced = new Map<number, Kept>()
  const news: Judged[] = []
  let last = lastOf(series)
  for (const { reading, atMs } of items) {
    const { value, unit } = reading
    const before = fresh.get(atMs) ?? replaced.get(atMs) ?? known.get(knownKey(series.id, atMs))
    // A correction is not measured against the very value that it corrects.
    const judged = judge(
      series.property,
      { atMs, value, unit },
      { nowMs, last: before === undefined ? last : null },
    )
    const isSame =
      before?.value === judged.value && isUsable(before.quality) === isUsable(judged.quality)
    if (isSame || (before !== undefined && !isUsable(judged.quality))) {
      result.duplicates += 1
      continue
    }
    if (before === undefined) {
      fresh.set(atMs, { ...judged, seriesId: series.id })
      result.stored += 1
    } else {
      const target = fresh.has(atMs) ? fresh : replaced
      target.set(atMs, { ...judged, quality: 'corrected', seriesId: series.id })
      result.corrected += 1
    }
    if (!isUsable(judged.quality)) {
      result.doubtful[judged.quality] = (result.doubtful[judged.quality] ?? 0) + 1
      continue
    }
    if (last !== null && atMs < last.atMs) continue
    news.push(judged)
    last = { atMs, value: judged.value }
  }
  return { fresh: [...fresh.values()], replaced: [...replaced.values()], news, last }
}

/** Moves the newest reading on, and the stage of a river; a change of stage that is news goes to the rooms on the right. */
async function advance(
  tx: Ctx,
  series: SeriesRow,
  station: Station | undefined,
  { news, last }: Step,
): Promise<void> {
  if (last === null || news.length === 0) return
  let { stage } = series
  let belowSinceMs = series.belowSince === null ? null : Date.parse(series.belowSince)
  if (station !== undefined && series.property === 'water_level') {
    const levels = alarmLevelsOf(station)
    for (const { atMs, value } of news) {
      const next = nextStage({ stage, belowSinceMs }, { atMs, levelCm: value }, levels)
      if (next.stage !== stage && tx.now().getTime() - atMs <= NEWS_MS)
        await appendEvent(tx, {
          kind: 'readings.stage_changed',
          subjectId: station.code,
          data: { from: stage, to: next.stage, levelCm: value, at: new Date(atMs).toISOString() },
        })
      stage = next.stage
      belowSinceMs = next.belowSinceMs
    }
  }
  await saveSeries(tx.db, {
    id: series.id,
    lastAt: new Date(last.atMs).toISOString(),
    lastValue: last.value,
    stage,
    belowSince: belowSinceMs === null ? null : new Date(belowSinceMs).toISOString(),
  })
}

/** All rows or none: what an import hands over must hold as a whole. Throws `readings.invalid_import` naming lines. */
export async function importReadings(
  ctx: Ctx,
  rows: readonly (ReadingInput & { line: number })[],
): Promise<Ingested> {
  requireCan(ctx, 'readings.manage')
  return inTransaction(ctx, async (tx) => {
    const total: Ingested = { stored: 0, duplicates: 0, corrected: 0, doubtful: {}, refused: [] }
    const bad: { line: number; code: string }[] = []
    for (let i = 0; i < rows.length; i += IMPORT_SLICE) {
      const slice = rows.slice(i, i + IMPORT_SLICE)
      const readings = slice.map(({ line: _line, ...reading }) => reading)
      const part = await ingestReadings(tx, { readings }, { mayBeOld: true })
      for (const { index, code } of part.refused) bad.push({ line: slice[index]?.line ?? 0, code })
      total.stored += part.stored
      total.duplicates += part.duplicates
      total.corrected += part.corrected
      for (const [flag, n] of Object.entries(part.doubtful))
        total.doubtful[flag] = (total.doubtful[flag] ?? 0) + n
    }
    if (bad.length > 0)
      throw new AppError('readings.invalid_import', {
        issues: bad.map(({ line, code }) => ({ path: `line ${line}`, code })),
      })
    await audit(tx, {
      action: 'readings.imported',
      subjectKind: 'readings',
      subjectId: tx.requestId,
      data: { stored: total.stored, corrected: total.corrected },
    })
    return total
  })
}

const IMPORT_SLICE = 2_000
