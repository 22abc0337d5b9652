import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { USABLE } from '../policy/quality.ts'
import type { SeriesRow } from './ingest.ts'

export async function findSeries(
  db: Db,
  where: { stationCodes?: readonly string[]; property?: string; id?: number } = {},
): Promise<SeriesRow[]> {
  if (where.stationCodes?.length === 0) return []
  let query = db.selectFrom('readingSeries').selectAll().orderBy('id')
  if (where.stationCodes !== undefined)
    query = query.where('stationCode', 'in', [...where.stationCodes])
  if (where.property !== undefined) query = query.where('property', '=', where.property)
  if (where.id !== undefined) query = query.where('id', '=', where.id)
  return (await query.execute()) as SeriesRow[]
}

export type RawPoint = { seriesId: number; at: string; value: number; quality: string }

type Range = { from: Date; to: Date; limit: number }

/** Usable readings of a stretch, oldest first; with `all`, the doubtful ones too. */
export async function findRaw(
  db: Db,
  seriesIds: readonly number[],
  { from, to, limit }: Range,
  all = false,
): Promise<RawPoint[]> {
  if (seriesIds.length === 0) return []
  let query = db
    .selectFrom('reading')
    .select(['seriesId', 'at', 'value', 'quality'])
    .where('seriesId', 'in', [...seriesIds])
    .where('at', '>=', from.toISOString())
    .where('at', '<=', to.toISOString())
    .orderBy('seriesId')
    .orderBy('at')
    .limit(limit)
  if (!all) query = query.where('quality', 'in', [...USABLE])
  return query.execute()
}

export type SpanPoint = {
  seriesId: number
  at: string
  n: number
  low: number
  high: number
  mean: number
  total: number
}

export async function findSpans(
  db: Db,
  span: 'hour' | 'day',
  seriesIds: readonly number[],
  { from, to, limit }: Range,
): Promise<SpanPoint[]> {
  if (seriesIds.length === 0) return []
  return db
    .selectFrom(span === 'hour' ? 'readingHour' : 'readingDay')
    .selectAll()
    .where('seriesId', 'in', [...seriesIds])
    .where('at', '>=', from.toISOString())
    .where('at', '<=', to.toISOString())
    .orderBy('seriesId')
    .orderBy('at')
    .limit(limit)
    .execute()
}

/** Means of whole hours straight from the readings, so that the newest hour needs no job; `at` is the hour's start. */
export async function findHourMeans(
  db: Db,
  seriesIds: readonly number[],
  from: Date,
  to: Date,
): Promise<{ seriesId: number; at: string; mean: number }[]> {
  if (seriesIds.length === 0) return []
  const { rows } = await sql<{ seriesId: number; at: string; mean: number }>`
    select series_id, date_trunc('hour', at) as at, avg(value)::float8 as mean
    from reading
    where series_id = any(${[...seriesIds]}::int[])
      and at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz
      and quality = any(${[...USABLE]}::text[])
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
