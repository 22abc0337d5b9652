import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { notifiableResidents } from '../../identity/index.ts'
import { SILENT, WINDOWS, windowMs } from '../policy/channel.ts'
import { DEFAULT_QUIET, msOfDay } from '../policy/quiet.ts'
import type { Audience, Why } from '../schema.ts'
import { type Cell, cellsOf } from './counts.ts'
import type { DispatchRow } from './dispatch.ts'

type RawCell = Omit<Cell, 'unitCode'> & { unit_code: string }
type Slice = { cells: Cell[]; looked: number; lastId: string | null }

type Targets = { units: string[]; hamlets: string[]; around: string[] }

/** Whole units, named hamlets, and the units around those hamlets. */
function targetsOf({ places }: Audience): Targets {
  const whole = places.filter(({ hamletId }) => hamletId === undefined)
  const part = places.filter(({ hamletId }) => hamletId !== undefined)
  return {
    units: whole.map(({ unitCode }) => unitCode),
    hamlets: part.map(({ hamletId = '' }) => hamletId),
    around: part.map(({ unitCode }) => unitCode),
  }
}

/** 0: lives in what is named; 1: gave only the unit around it; 2: asked for the whole province. */
const rankOf = ({ units, hamlets }: Targets): RawBuilder<number> => sql`case
  when s.hamlet_id = any(${hamlets}::uuid[]) or s.unit_code = any(${units}::text[]) then 0
  when s.unit_code is not null then 1 else 2 end`

const overlaps = ({ units, hamlets, around }: Targets): RawBuilder<boolean> =>
  units.length + hamlets.length === 0
    ? sql`true`
    : sql`(s.unit_code is null or s.unit_code = any(${units}::text[])
        or s.hamlet_id = any(${hamlets}::uuid[])
        or (s.hamlet_id is null and s.unit_code = any(${around}::text[])))`

/** Whether the topic's level lets a warning of this level through; what everybody gets passes all. */
const reaches = ({ level, isEveryone }: Audience): RawBuilder<boolean> =>
  level === undefined || isEveryone ? sql`true` : sql`s.min_level <= ${level}`

/** Whether the window of a chat is open, as `chooseChannel` decides it. */
function isOpen(mayPay: boolean, now: Date): RawBuilder<boolean> {
  const limits = Object.keys(WINDOWS).map((channel) => {
    const since = new Date(now.getTime() - (windowMs(channel, mayPay) ?? 0)).toISOString()
    return sql`(l.channel = ${channel} and w.last_interaction_at < ${since}::timestamptz)`
  })
  return sql`not coalesce(${sql.join(limits, sql` or `)}, false)`
}

/** Cells that came inside a json value keep the names of their columns. */
const asCell = (raw: RawCell): Cell => ({
  state: raw.state,
  channel: raw.channel,
  unitCode: raw.unit_code,
  n: raw.n,
})

type Ask = {
  audience: Audience
  isLifeSafety: boolean
  now: Date
  /** Only residents after this one, and so many. */
  slice?: { after: string | null; limit: number }
}

/**
 * The parts `audience` (everybody whose subscription touches the area, once) and `chosen` (with the chat that
 * `chooseChannel` would take; none: the inbox alone) of a statement.
 */
function chosenOf(db: Db, { audience, isLifeSafety, now, slice }: Ask): RawBuilder<unknown> {
  const targets = targetsOf(audience)
  const open = isOpen(isLifeSafety, now)
  return sql`
    audience as materialized (
      select s.resident_id, min(${rankOf(targets)}) as area_rank, min(s.unit_code) as unit_code
      from subscription s
      where ${audience.isEveryone ? sql`true` : sql`s.kind = ${audience.kind}`}
        and ${overlaps(targets)}
        and ${isLifeSafety ? sql`true` : sql`not s.only_life_safety`}
        and ${reaches(audience)}
        ${
          slice === undefined
            ? sql``
            : sql`and s.resident_id > coalesce(${slice.after}::uuid, '00000000-0000-0000-0000-000000000000')`
        }
      group by s.resident_id
      ${slice === undefined ? sql`` : sql`order by s.resident_id limit ${slice.limit}`}
    ), chosen as (
      select distinct on (a.resident_id) a.resident_id, a.area_rank, a.unit_code, l.language,
        case when ${open} then l.channel end as channel,
        case when ${open} then l.chat_key end as chat_key
      from audience a
      join ${notifiableResidents(db)} l on l.resident_id = a.resident_id
      left join delivery_profile p on p.resident_id = a.resident_id
      left join channel_window w on w.channel = l.channel and w.chat_key = l.chat_key
      where ${audience.language === undefined ? sql`true` : sql`l.language = ${audience.language}`}
      order by a.resident_id, ${open} desc,
        coalesce(array_position(p.channel_order, l.channel), 99), l.channel = 'web',
        l.linked_at desc, l.link_id desc
    )`
}

/** Plans the next `limit` residents after the cursor. One statement, whatever the number. */
export async function planSlice(
  db: Db,
  dispatch: DispatchRow,
  audience: Audience,
  limit: number,
  now: Date,
): Promise<Slice> {
  const { isLifeSafety, planCursor: after } = dispatch
  const { rows } = await sql<Omit<Slice, 'cells'> & { cells: RawCell[] }>`
    with ${chosenOf(db, { audience, isLifeSafety, now, slice: { after, limit } })}, added as (
      insert into dispatch_recipient
        (dispatch_id, resident_id, channel, chat_key, language, area_rank, unit_code, state)
      select ${dispatch.id}::uuid, resident_id, channel, chat_key, language, area_rank, unit_code, 'planned'
      from chosen on conflict (dispatch_id, resident_id) do nothing
      returning state, channel, unit_code
    )
    select coalesce((select json_agg(cell) from (${cellsOf('added')}) cell), '[]') as cells,
      (select count(*) from audience) as looked,
      (select resident_id from audience order by resident_id desc limit 1) as last_id`.execute(db)
  const [row] = rows
  if (row === undefined) return { cells: [], looked: 0, lastId: null }
  return { ...row, cells: row.cells.map(asCell) }
}

/** How many people an audience has now, by the channel that would be taken (null: the inbox alone). */
export async function countAudience(
  db: Db,
  ask: Omit<Ask, 'slice'>,
): Promise<{ channel: string | null; n: number }[]> {
  const { rows } = await sql<{ channel: string | null; n: number }>`
    with ${chosenOf(db, ask)}
    select channel, count(*)::integer as n from chosen group by channel order by channel`.execute(
    db,
  )
  return rows
}

/** A growing id of this millisecond (UUIDv7), made by the database for each row. */
function newId(now: Date): RawBuilder<string> {
  const ms = now.getTime().toString(16).padStart(12, '0')
  const head = `${ms.slice(0, 8)}-${ms.slice(8)}-7`
  return sql`overlay(gen_random_uuid()::text placing ${head} from 1 for 15)::uuid`
}

/** The quiet hours `q` (minutes of the day) of the recipient `r`. */
export const quietOf = sql`
  left join delivery_profile p on p.resident_id = r.resident_id
  cross join lateral (
    select coalesce(p.quiet_from, ${DEFAULT_QUIET.from}) as f, coalesce(p.quiet_to, ${DEFAULT_QUIET.to}) as t
  ) q`

/** When a phone may ring, as `findWay` and `ringAt` decide it. */
export function runAt(isLifeSafety: boolean, now: Date): RawBuilder<string> {
  const at = sql`${now.toISOString()}::timestamptz`
  if (isLifeSafety) return sql`${at}`
  const ms = msOfDay(now)
  return sql`${at} + case
    when r.channel = any(${[...SILENT]}::text[]) then 0
    when q.f <= q.t and ${ms} >= q.f * 60000 and ${ms} < q.t * 60000
      or q.f > q.t and (${ms} >= q.f * 60000 or ${ms} < q.t * 60000)
    then (q.t * 60000 - ${ms} + 86400000) % 86400000 else 0 end * interval '1 millisecond'`
}

/**
 * Moves the next `limit` planned recipients on, area first: an inbox item for each, and a message on its way where a
 * chat was chosen and it would not expire before it may ring. One statement; answers the new states.
 */
export async function pumpSlice(
  db: Db,
  dispatch: DispatchRow,
  why: Why,
  limit: number,
  now: Date,
): Promise<Cell[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const { id, expiresAt, isLifeSafety, kind, lane } = dispatch
  const expires = sql`${expiresAt}::timestamptz`
  const { rows } = await sql<Cell>`
    with slice as materialized (
      select r.resident_id, r.channel, r.chat_key, r.language,
        ${newId(now)} as inbox_id, ${newId(now)} as outbox_id, ${runAt(isLifeSafety, now)} as run_at
      from dispatch_recipient r
      ${quietOf}
      where r.dispatch_id = ${id}::uuid and r.state = 'planned'
      order by r.area_rank, r.resident_id
      limit ${limit}
    ), timed as materialized (
      select *, channel is not null and (${expires} is null or run_at < ${expires}) as goes from slice
    ), items as (
      insert into inbox_item (id, resident_id, kind, dispatch_id, language, why, dedupe_key,
        is_life_safety, outbox_id, at, expires_at)
      select inbox_id, resident_id, ${kind}::text, ${id}::uuid, language, ${JSON.stringify(why)}::jsonb,
        ${`dispatch:${id}:`}::text || resident_id::text, ${isLifeSafety}::boolean,
        case when goes then outbox_id end, ${at}, ${expires}
      from timed
    ), mails as (
      insert into outbox (id, channel, chat_key, lane, dedupe_key, message, language, state, run_at,
        expires_at, created_at)
      select outbox_id, channel, chat_key,
        case when run_at > ${at} then 'notice' else ${lane}::text end, 'inbox:' || inbox_id::text,
        case language when 'en' then d.message_en else d.message_vi end, language, 'queued', run_at,
        ${expires}, ${at}
      from timed cross join (select message_vi, message_en from dispatch where id = ${id}::uuid) d
      where goes
    ), moved as (
      update dispatch_recipient r
      set state = case when t.goes then 'queued' else 'inbox' end,
        outbox_id = case when t.goes then t.outbox_id end
      from timed t
      where r.dispatch_id = ${id}::uuid and r.resident_id = t.resident_id
      returning r.state, r.channel, r.unit_code
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}
