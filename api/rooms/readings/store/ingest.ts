import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { PropertyCode } from '../data/properties.ts'
import type { Judged } from '../policy/quality.ts'
import type { Stage } from '../policy/stage.ts'

export type SeriesRow = {
  id: number
  stationCode: string
  property: PropertyCode
  lastAt: string | null
  lastValue: number | null
  stage: Stage
  belowSince: string | null
}

/** The series of these pairs, made where missing and locked in one order, so that two writers wait and never cross. */
export async function lockSeries(
  db: Db,
  pairs: readonly { stationCode: string; property: PropertyCode }[],
): Promise<SeriesRow[]> {
  const stations = pairs.map((p) => p.stationCode)
  const properties = pairs.map((p) => p.property)
  await sql`
    insert into reading_series (station_code, property)
    select * from unnest(${stations}::text[], ${properties}::text[])
    order by 1, 2
    on conflict (station_code, property) do nothing`.execute(db)
  const { rows } = await sql<SeriesRow>`
    select s.id, s.station_code, s.property, s.last_at, s.last_value, s.stage, s.below_since
    from reading_series s
    join unnest(${stations}::text[], ${properties}::text[]) as w (station_code, property)
      on w.station_code = s.station_code and w.property = s.property
    order by s.id for update of s`.execute(db)
  return rows
}

export type Kept = Judged & { seriesId: number }

const columns = (rows: readonly Kept[]) => ({
  ids: rows.map((r) => r.seriesId),
  ats: rows.map((r) => new Date(r.atMs).toISOString()),
  values: rows.map((r) => r.value),
  qualities: rows.map((r) => r.quality),
})

/** What is already known for these moments, by `<series>@<ms>`. */
export async function findKnown(
  db: Db,
  keys: readonly { seriesId: number; atMs: number }[],
): Promise<Map<string, Judged>> {
  const ids = keys.map((k) => k.seriesId)
  const ats = keys.map((k) => new Date(k.atMs).toISOString())
  const { rows } = await sql<{ seriesId: number; at: string; value: number; quality: string }>`
    select r.series_id, r.at, r.value, r.quality
    from unnest(${ids}::int[], ${ats}::timestamptz[]) as k (series_id, at)
    join reading r on r.series_id = k.series_id and r.at = k.at`.execute(db)
  return new Map(
    rows.map((r) => [
      knownKey(r.seriesId, Date.parse(r.at)),
      { atMs: Date.parse(r.at), value: r.value, quality: r.quality as Judged['quality'] },
    ]),
  )
}

export const knownKey = (seriesId: number, atMs: number): string => `${seriesId}@${atMs}`

/** New rows in one statement (unnest: near the speed of COPY, and it works on both engines). */
export async function insertReadings(db: Db, rows: readonly Kept[], now: Date): Promise<void> {
  if (rows.length === 0) return
  const { ids, ats, values, qualities } = columns(rows)
  await sql`
    insert into reading (series_id, at, value, quality, received_at)
    select *, ${now.toISOString()}::timestamptz
    from unnest(${ids}::int[], ${ats}::timestamptz[], ${values}::float8[], ${qualities}::text[])`.execute(
    db,
  )
}

/** Puts other values for known moments, and keeps what stood there. */
export async function replaceReadings(
  db: Db,
  rows: readonly Kept[],
  newId: () => string,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  const { ids, ats, values, qualities } = columns(rows)
  const at = sql`${now.toISOString()}::timestamptz`
  await sql`
    insert into reading_revision (id, series_id, at, value, quality, replaced_at)
    select n.id, r.series_id, r.at, r.value, r.quality, ${at}
    from unnest(${rows.map(newId)}::uuid[], ${ids}::int[], ${ats}::timestamptz[]) as n (id, series_id, at)
    join reading r on r.series_id = n.series_id and r.at = n.at`.execute(db)
  await sql`
    update reading r set value = n.value, quality = n.quality, received_at = ${at}
    from unnest(${ids}::int[], ${ats}::timestamptz[], ${values}::float8[], ${qualities}::text[])
      as n (series_id, at, value, quality)
    where r.series_id = n.series_id and r.at = n.at`.execute(db)
}

export async function saveSeries(
  db: Db,
  series: Pick<SeriesRow, 'id' | 'lastAt' | 'lastValue' | 'stage' | 'belowSince'>,
): Promise<void> {
  const { id, ...fields } = series
  await db.updateTable('readingSeries').set(fields).where('id', '=', id).execute()
}

const HOUR_MS = 3_600_000

/** Notes the hours whose mean has to be worked out again. */
export async function markDirty(db: Db, rows: readonly Kept[]): Promise<void> {
  const hours = new Map(
    rows.map((r) => {
      const hourMs = r.atMs - (r.atMs % HOUR_MS)
      return [knownKey(r.seriesId, hourMs), { id: r.seriesId, at: new Date(hourMs).toISOString() }]
    }),
  )
  if (hours.size === 0) return
  const list = [...hours.values()]
  await sql`
    insert into reading_dirty (series_id, at)
    select * from unnest(${list.map((h) => h.id)}::int[], ${list.map((h) => h.at)}::timestamptz[])
    order by 1, 2
    on conflict do nothing`.execute(db)
}
