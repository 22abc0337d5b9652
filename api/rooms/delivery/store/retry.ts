import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { notifiableResidents, type Reach } from '../../identity/index.ts'
import type { Audience } from '../schema.ts'
import { type Cell, cellsOf } from './counts.ts'
import type { DispatchRow } from './dispatch.ts'
import { quietOf, runAt } from './plan.ts'

/** Recipients that a channel refused alike. */
export type Failure = {
  channel: string
  code: string
  /** It may have arrived all the same: nobody is told twice without knowing. */
  isMaybeThere: boolean
  n: number
}

export async function countFailures(db: Db, dispatchId: string, reach: Reach): Promise<Failure[]> {
  const { rows } = await sql<Failure>`
    select o.channel, coalesce(o.error_code, '') as code, o.maybe_doubled as is_maybe_there,
      count(*)::integer as n
    from dispatch_recipient r join outbox o on o.id = r.outbox_id
    where r.dispatch_id = ${dispatchId}::uuid and r.state = 'rejected'
      and ${reach.isEverything ? sql`true` : sql`r.unit_code = ${reach.unitCode ?? ''}`}
    group by 1, 2, 3 order by 4 desc, 1, 2, 3`.execute(db)
  return rows
}

const follows = ({ kind, isEveryone }: Audience): RawBuilder<boolean> =>
  isEveryone
    ? sql`true`
    : sql`exists (select 1 from subscription s where s.resident_id = r.resident_id and s.kind = ${kind})`

/**
 * Puts refused messages on their way again, with the words of the dispatch: only of people who still want it, in a chat
 * that is still theirs, where nothing may have arrived, and before it expires. The cells that moved to `queued`.
 */
export async function requeueRefused(db: Db, dispatch: DispatchRow, now: Date): Promise<Cell[]> {
  const { id, expiresAt, isLifeSafety } = dispatch
  const expires = sql`${expiresAt}::timestamptz`
  const { rows } = await sql<Cell>`
    with again as (
      select r.resident_id, o.id, r.language, ${runAt(isLifeSafety, now)} as run_at
      from dispatch_recipient r
      join outbox o on o.id = r.outbox_id and o.state = 'rejected' and not o.maybe_doubled
      join ${notifiableResidents(db)} l
        on l.resident_id = r.resident_id and l.channel = r.channel and l.chat_key = r.chat_key
      ${quietOf}
      where r.dispatch_id = ${id}::uuid and r.state = 'rejected'
        and ${follows(dispatch.audience as Audience)}
    ), timed as (
      select * from again where ${expires} is null or run_at < ${expires}
    ), mails as (
      update outbox o set state = 'queued', run_at = t.run_at, attempts = 0, calls_done = 0, error_code = null,
        settled_at = null, lease_until = null,
        message = case t.language when 'en' then d.message_en else d.message_vi end
      from timed t cross join (select message_vi, message_en from dispatch where id = ${id}::uuid) d
      where o.id = t.id and o.state = 'rejected'
      returning t.resident_id
    ), moved as (
      update dispatch_recipient r set state = 'queued' from mails m
      where r.dispatch_id = ${id}::uuid and r.resident_id = m.resident_id
      returning r.state, r.channel, r.unit_code
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}
