import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { localDate, startOfLocalDay } from '../../../core/time.ts'
import { USABLE } from '../policy/quality.ts'

type Hour = { seriesId: number; at: string }

/** Takes noted hours, so many at most; two runs never take the same. */
export async function takeDirty(db: Db, limit: number): Promise<Hour[]> {
  const { rows } = await sql<Hour>`
    delete from reading_dirty d using (
      select series_id, at from reading_dirty order by series_id, at
      limit ${limit} for update skip locked
    ) t where d.series_id = t.series_id and d.at = t.at
    returning d.series_id, d.at`.execute(db)
  return rows
}

/**
 * Works hours out from their readings. An hour older than `rawFrom` has lost some of them: there a value that stands is
 * left as it is.
 */
export async function writeHours(db: Db, hours: readonly Hour[], rawFrom: Date): Promise<void> {
  if (hours.length === 0) return
  await sql`
    insert into reading_hour as h (series_id, at, n, low, high, mean, total)
    select k.series_id, k.at, count(*), min(r.value), max(r.value), avg(r.value), sum(r.value)
    from unnest(${hours.map((h) => h.seriesId)}::int[], ${hours.map((h) => h.at)}::timestamptz[])
      as k (series_id, at)
    join reading r on r.series_id = k.series_id and r.at >= k.at and r.at < k.at + interval '1 hour'
      and r.quality = any(${[...USABLE]}::text[])
    group by k.series_id, k.at
    on conflict (series_id, at) do update set n = excluded.n, low = excluded.low,
      high = excluded.high, mean = excluded.mean, total = excluded.total
    where h.at >= ${rawFrom.toISOString()}::timestamptz`.execute(db)
}

/** Local days from their hours; the mean weighs each hour once, so that a chatty one does not lead. */
export async function writeDays(db: Db, hours: readonly Hour[]): Promise<void> {
  const days = new Map(
    hours.map((h) => {
      const start = startOfLocalDay(localDate(new Date(h.at))).toISOString()
      return [`${h.seriesId}@${start}`, { id: h.seriesId, start }]
    }),
  )
  if (days.size === 0) return
  const list = [...days.values()]
  await sql`
    insert into reading_day as d (series_id, at, n, low, high, mean, total)
    select k.series_id, k.at, sum(h.n)::int, min(h.low), max(h.high), avg(h.mean), sum(h.total)
    from unnest(${list.map((d) => d.id)}::int[], ${list.map((d) => d.start)}::timestamptz[])
      as k (series_id, at)
    join reading_hour h on h.series_id = k.series_id
      and h.at >= k.at and h.at < k.at + interval '1 day'
    group by k.series_id, k.at
    on conflict (series_id, at) do update set n = excluded.n, low = excluded.low,
      high = excluded.high, mean = excluded.mean, total = excluded.total`.execute(db)
}

/** Drops readings before `before` whose hour has been worked out, so many at most; how many went. */
export async function purgeRaw(db: Db, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with old as (
      select series_id, at from reading r
      where at < ${before.toISOString()}::timestamptz and not exists (
        select 1 from reading_dirty d
        where d.series_id = r.series_id and d.at = date_trunc('hour', r.at))
      limit ${limit}
    ), gone as (
      delete from reading r using old where r.series_id = old.series_id and r.at = old.at returning 1
    )
    select count(*)::int as n from gone`.execute(db)
  return rows[0]?.n ?? 0
}
