import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Reach } from '../../identity/index.ts'

/** Why a person does not have it: nobody reads the inbox, or no channel took it. */
export type WhyNot = 'inbox' | 'gone' | 'rejected' | 'expired'
type Home = { unitCode: string | null; hamletId: string | null }
type UnreachedGroup = Home & { why: WhyNot; n: number }
type UnreachedPerson = Home & { residentId: string; why: WhyNot }

/**
 * Recipients of a dispatch in reach whom no chat took it to and who did not open it in the inbox either, with the hamlet
 * that they follow in their unit. What was taken back on purpose, or still waits, is not among them.
 */
const unreachedOf = (dispatchId: string, reach: Reach): RawBuilder<unknown> => sql`
  select r.resident_id, r.state as why, r.unit_code,
    (select min(s.hamlet_id::text) from subscription s
      where s.resident_id = r.resident_id and s.unit_code = r.unit_code) as hamlet_id
  from dispatch_recipient r
  where r.dispatch_id = ${dispatchId}::uuid and r.state in ('inbox', 'gone', 'rejected', 'expired')
    and ${reach.isEverything ? sql`true` : sql`r.unit_code = ${reach.unitCode ?? ''}`}
    and not exists (
      select 1 from inbox_item i
      where i.dedupe_key = ${`dispatch:${dispatchId}:`}::text || r.resident_id::text
        and i.read_at is not null
    )`

/** How many, by unit, hamlet and reason. */
export async function countUnreached(
  db: Db,
  dispatchId: string,
  reach: Reach,
): Promise<UnreachedGroup[]> {
  const { rows } = await sql<UnreachedGroup>`
    select unit_code, hamlet_id, why, count(*)::integer as n
    from (${unreachedOf(dispatchId, reach)}) u
    group by 1, 2, 3 order by 1 nulls last, 2 nulls last, 3`.execute(db)
  return rows
}

/** Who, hamlet by hamlet. */
export async function findUnreached(
  db: Db,
  dispatchId: string,
  reach: Reach,
  limit: number,
): Promise<UnreachedPerson[]> {
  const { rows } = await sql<UnreachedPerson>`
    select * from (${unreachedOf(dispatchId, reach)}) u
    order by unit_code nulls last, hamlet_id nulls last, resident_id
    limit ${limit}`.execute(db)
  return rows
}

/** How many in reach opened it in the inbox; what a channel shows its people, no channel tells. */
export async function countReaders(db: Db, dispatchId: string, reach: Reach): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n
    from inbox_item i
    join dispatch_recipient r on r.dispatch_id = i.dispatch_id and r.resident_id = i.resident_id
    where i.dispatch_id = ${dispatchId}::uuid and i.read_at is not null
      and ${reach.isEverything ? sql`true` : sql`r.unit_code = ${reach.unitCode ?? ''}`}`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}
