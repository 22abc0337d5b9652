import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { USABLE } from '../policy/quality.ts'

type Comparison = '=' | '<>' | '>' | '>=' | '<' | '<='
export type Where =
  | { column: 'at'; comparison: Comparison; operand: string }
  | { column: 'value'; comparison: Comparison; operand: number }
export type ObservationRow = { seriesId: number; at: string; value: number; quality: string }

type Wanted = {
  seriesIds: readonly number[]
  where: readonly Where[]
  newestFirst: boolean
  /** Rows that come after this one. */
  after: { at: string; seriesId: number } | null
  skip: number
  limit: number
}

/** Usable readings only: what is doubtful answers nobody outside. */
function conditions(where: readonly Where[]): RawBuilder<unknown> {
  const parts = where.map(({ column, comparison, operand }) => {
    const value = column === 'at' ? sql`${operand}::timestamptz` : sql`${operand}::float8`
    return sql`and ${sql.ref(column)} ${sql.raw(comparison)} ${value}`
  })
  return sql`quality = any(${[...USABLE]}::text[]) ${sql.join(parts, sql` `)}`
}

/**
 * Readings of several series in the order of their moments. Each series is read along its key no further than the page
 * reaches, so that the work grows with the page and the series, not with all that was ever measured.
 */
export async function findObservations(
  db: Db,
  { seriesIds, where, newestFirst, after, skip, limit }: Wanted,
): Promise<ObservationRow[]> {
  if (seriesIds.length === 0 || limit === 0) return []
  const order = sql.raw(newestFirst ? 'desc' : 'asc')
  // The first comparison alone is one that the key can begin from; the second takes out what was shown of that moment.
  const from = sql.raw(newestFirst ? '<=' : '>=')
  const later =
    after === null
      ? sql``
      : sql`and at ${from} ${after.at}::timestamptz
          and (at <> ${after.at}::timestamptz or series_id > ${after.seriesId})`
  const { rows } = await sql<ObservationRow>`
    select r.series_id, r.at, r.value, r.quality
    from unnest(${[...seriesIds]}::int[]) as s (id)
    cross join lateral (
      select series_id, at, value, quality from reading
      where series_id = s.id and ${conditions(where)} ${later}
      order by at ${order} limit ${skip + limit}
    ) r
    order by r.at ${order}, r.series_id limit ${limit} offset ${skip}`.execute(db)
  return rows
}

export async function countObservations(
  db: Db,
  { seriesIds, where }: Pick<Wanted, 'seriesIds' | 'where'>,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from reading
    where series_id = any(${[...seriesIds]}::int[]) and ${conditions(where)}`.execute(db)
  return rows[0]?.n ?? 0
}
