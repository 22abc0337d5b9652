import { sql } from 'kysely'
import type { ChannelId } from '../chat/inbound.ts'
import type { Db } from '../context.ts'
import { localDate, startOfLocalDay } from '../core/time.ts'

/** Never more than `limit` in any `windowMs`, at most `burst` at once. */
export type Pace = { limit: number; windowMs: number; burst: number }
/** Never more than `limit` in any `windowMs`, proven by when earlier calls were answered. */
export type SlotPace = { slots: number; windowMs: number }
export type ChannelLimits = {
  /** All calls of the channel together. */
  all?: Pace | SlotPace
  /** Calls to one chat. */
  chat?: Pace
  /** Calls to one group chat, where they differ. */
  group?: Pace
  /** Calls in a calendar month of Viet Nam. */
  monthly?: number
}

/**
 * What the channels allow, over all processes. Telegram: https://core.telegram.org/bots/faq (30 a second in all, one a
 * second to a chat with short bursts, 20 a minute to a group). Zalo OA: 4,000 requests a minute for an app. Zalo Bot:
 * 3,000 messages a month of its Basic plan. The web chat is our own.
 */
export const LIMITS: Record<ChannelId, ChannelLimits> = {
  telegram: {
    all: { slots: 30, windowMs: 1_000 },
    chat: { limit: 5, windowMs: 3_000, burst: 3 },
    group: { limit: 20, windowMs: 60_000, burst: 3 },
  },
  'zalo-oa': { all: { limit: 4_000, windowMs: 60_000, burst: 20 } },
  'zalo-bot': { monthly: 3_000 },
  web: {},
}

/** A caller that comes this late to its slot is not thrown back: its lateness is caught up by the next ones. */
const CATCH_UP_MS = 10
/** Calls of two processes take differently long to arrive; kept free, so that the far side counts no more than we do. */
const JITTER_MS = 40

/**
 * Time between two calls and how far a caller may lag behind. With them any `limit + 1` calls in a row take more than
 * `windowMs + JITTER_MS`: of a window of a minute more than 99.9 % is used.
 */
export function spacing({ limit, windowMs, burst }: Pace): {
  intervalMs: number
  slackMs: number
} {
  const intervalMs = (windowMs + CATCH_UP_MS + JITTER_MS) / (limit - burst + 1)
  return { intervalMs, slackMs: (burst - 1) * intervalMs + CATCH_UP_MS }
}

/** The slot of one call; `startInMs` is how long to wait before it. Hand it back once the call was answered. */
export type HeldSlot = { channel: string; n: number; uses: number; startInMs: number }

export type Reservation =
  | { ok: true; slot?: HeldSlot }
  /** Nothing was taken; come back after `waitMs`. */
  | { ok: false; waitMs: number; reason: 'pace' | 'quota' }

type Ask = {
  channel: ChannelId
  chatKey: string
  now: Date
  /**
   * The database's clock unless a test gives its own: processes' clocks differ, and one that runs half a second ahead
   * would let half as many calls again through in one true second. `now` then only names the month of a quota.
   */
  clock?: 'database' | 'given'
  limits?: ChannelLimits
}

type Gate = { key: string; intervalMs: number; slackMs: number; quota: number }
type Plan = { gates: Gate[]; slots: SlotPace | undefined }

/** Telegram's groups have negative ids. */
const isGroup = (channel: ChannelId, chatKey: string): boolean =>
  channel === 'telegram' && chatKey.startsWith('-')

const NO_INTERVAL = { intervalMs: 0, slackMs: 0 }

function planOf({ channel, chatKey, now, limits = LIMITS[channel] }: Ask): Plan {
  const { all } = limits
  const chat = isGroup(channel, chatKey) ? (limits.group ?? limits.chat) : limits.chat
  const slots = all !== undefined && 'slots' in all ? all : undefined
  const gates: Gate[] = []
  // With slots this row only counts, and stops everybody after a 429.
  if (all !== undefined)
    gates.push({ key: channel, ...('slots' in all ? NO_INTERVAL : spacing(all)), quota: -1 })
  if (chat !== undefined) gates.push({ key: `${channel}/${chatKey}`, ...spacing(chat), quota: -1 })
  if (limits.monthly !== undefined) {
    const key = quotaKey(channel, now)
    gates.push({ key, ...NO_INTERVAL, quota: limits.monthly })
  }
  return { gates, slots }
}

const quotaKey = (channel: ChannelId, now: Date) => `${channel}#${localDate(now).slice(0, 7)}`

/**
 * Takes the right to make one call to this chat, now or (with a slot) within `AHEAD_MS`, or says when to ask again. One
 * statement on the pool, outside any transaction (its row locks would hold every other process): it locks the rows of
 * the channel, the chat and the month, reads the clock only then, and moves all of them or none.
 *
 * Slots: a call arrives somewhere between its start and its answer, so a slot is taken at the earliest one window after
 * its last call was answered. Two calls of one slot then arrive at least a window apart however long the line takes,
 * and of `slots + 1` calls two share a slot: the far side never counts more. The price is the time of an answer: at
 * 5 ms 99.5 % of the limit is used, at 50 ms 95 %.
 */
export async function reserve(db: Db, ask: Ask): Promise<Reservation> {
  if (db.isTransaction) throw new TypeError('reserve on the pool, not inside a transaction')
  const plan = planOf(ask)
  if (plan.gates.length === 0) return { ok: true }
  const verdict = (await tryReserve(db, plan, ask)) ?? (await firstReserve(db, plan, ask))
  const { n, uses, startInMs } = verdict
  if (verdict.isTaken)
    return n === null || uses === null
      ? { ok: true }
      : { ok: true, slot: { channel: ask.channel, n, uses, startInMs } }
  if (verdict.isSpent) return { ok: false, waitMs: untilNextMonth(ask.now), reason: 'quota' }
  return { ok: false, waitMs: Math.max(1, verdict.waitMs), reason: 'pace' }
}

/** A slot is promised at most so long before it is free, so that no time is lost in asking; a 429 stops the next. */
const AHEAD_MS = 5
/** Longer than any call may last: after that the slot of a process that died is free again. */
const HOLD_MS = 20_000

/** While all slots are held nobody knows when one is answered: asked again after so long. */
const LOOK_MS = 100

type Verdict = {
  isTaken: boolean
  isSpent: boolean
  waitMs: number
  n: number | null
  uses: number | null
  startInMs: number
}

const given = ({ clock, now }: Pick<Ask, 'clock' | 'now'>): string | null =>
  clock === 'given' ? now.toISOString() : null

/** Undefined when a row is still missing. */
async function tryReserve(db: Db, plan: Plan, ask: Ask): Promise<Verdict | undefined> {
  const { gates, slots } = plan
  const wanted = slots?.slots ?? 0
  const { rows } = await sql<Verdict & { found: number; slotsFound: number }>`
    with wanted as (
      select * from unnest(
        ${gates.map((g) => g.key)}::text[], ${gates.map((g) => g.intervalMs)}::float8[],
        ${gates.map((g) => g.slackMs)}::float8[], ${gates.map((g) => g.quota)}::integer[]
      ) as w (key, interval_ms, slack_ms, quota)
    ), held as materialized (
      select p.key, p.next_at, p.used, w.interval_ms, w.slack_ms, w.quota
      from channel_pace p join wanted w on w.key = p.key
      order by p.key for update of p
    ), gate as materialized (
      select h.*, coalesce(${given(ask)}::timestamptz, clock_timestamp()) as now
      from (
        select count(*) as found, max(next_at) as free_at,
          coalesce(bool_or(quota >= 0 and used >= quota), false) as is_spent
        from held
      ) h
    ), slot as materialized (
      select s.n, s.uses, greatest(s.free_at, g.now) as start_at
      from channel_slot s, gate g
      where s.channel = ${ask.channel} and s.n <= ${wanted} and g.found = ${gates.length}
        and g.free_at <= g.now and not g.is_spent
        and s.free_at <= g.now + ${AHEAD_MS} * interval '1 millisecond'
      order by s.free_at limit 1 for update of s skip locked
    ), start as materialized (
      select case when ${wanted} = 0 then g.now else (select start_at from slot) end as at
      from gate g
      where g.found = ${gates.length} and g.free_at <= g.now and not g.is_spent
    ), filled as (
      update channel_slot s set uses = s.uses + 1,
        free_at = slot.start_at + ${HOLD_MS} * interval '1 millisecond'
      from slot where s.channel = ${ask.channel} and s.n = slot.n
      returning s.uses
    ), taken as (
      update channel_pace p set
        next_at = greatest(h.next_at, start.at - h.slack_ms * interval '1 millisecond')
          + h.interval_ms * interval '1 millisecond',
        used = h.used + 1
      from held h, start
      where p.key = h.key and start.at is not null
      returning 1
    )
    select found, is_spent, exists (select 1 from taken) as is_taken,
      (select count(*) from channel_slot where channel = ${ask.channel} and n <= ${wanted})
        as slots_found,
      (select n from slot) as n, (select uses from filled) as uses,
      coalesce(extract(epoch from (select start_at from slot) - now) * 1000, 0)::float8
        as start_in_ms,
      coalesce(ceil(extract(epoch from greatest(free_at, least(
        (select min(s.free_at) - ${AHEAD_MS} * interval '1 millisecond' from channel_slot s
          where s.channel = ${ask.channel} and s.n <= ${wanted}),
        now + ${LOOK_MS} * interval '1 millisecond'
      )) - now) * 1000), 0)::float8 as wait_ms
    from gate`.execute(db)
  const [verdict] = rows
  const isWhole = verdict?.found === gates.length && verdict.slotsFound === wanted
  return isWhole ? verdict : undefined
}

async function firstReserve(db: Db, plan: Plan, ask: Ask): Promise<Verdict> {
  await sql`
    insert into channel_pace (key, next_at, used)
    select key, 'epoch', 0 from unnest(${plan.gates.map((g) => g.key)}::text[]) as w (key)
    order by key on conflict (key) do nothing`.execute(db)
  await sql`
    insert into channel_slot (channel, n, free_at)
    select ${ask.channel}::text, n, 'epoch'
    from generate_series(1, ${plan.slots?.slots ?? 0}::integer) as n
    on conflict (channel, n) do nothing`.execute(db)
  const none = { isTaken: false, isSpent: false, waitMs: 1, n: null, uses: null, startInMs: 0 }
  return (await tryReserve(db, plan, ask)) ?? none
}

/**
 * Hands a slot back after its call was answered: it is free one window later. A slot that was held too long may have
 * another holder by now and is left alone.
 */
export async function release(
  db: Db,
  { channel, n, uses }: HeldSlot,
  ask: Pick<Ask, 'clock' | 'now'> & { limits?: ChannelLimits },
): Promise<void> {
  const { all } = ask.limits ?? LIMITS[channel as ChannelId]
  if (all === undefined || !('slots' in all)) return
  await sql`
    update channel_slot set free_at = coalesce(${given(ask)}::timestamptz, clock_timestamp())
      + ${all.windowMs} * interval '1 millisecond'
    where channel = ${channel} and n = ${n} and uses = ${uses}`.execute(db)
}

/**
 * Stops every process on this channel (or, with `chatKey`, on one chat) for exactly `retryAfterMs`, as a 429 wants it;
 * a longer stop that holds already stays.
 */
export async function penalise(
  db: Db,
  ask: Pick<Ask, 'channel' | 'now' | 'clock'> & { chatKey?: string; retryAfterMs: number },
): Promise<void> {
  const key = ask.chatKey === undefined ? ask.channel : `${ask.channel}/${ask.chatKey}`
  const until = sql`coalesce(${given(ask)}::timestamptz, clock_timestamp())
    + ${ask.retryAfterMs}::float8 * interval '1 millisecond'`
  await sql`
    insert into channel_pace (key, next_at, used) values (${key}, ${until}, 0)
    on conflict (key) do update set next_at = greatest(channel_pace.next_at, excluded.next_at)`.execute(
    db,
  )
}

const MONTH_DAYS_AT_MOST = 31
const DAY_MS = 86_400_000

function untilNextMonth(now: Date): number {
  const first = startOfLocalDay(`${localDate(now).slice(0, 7)}-01`)
  const within = new Date(first.getTime() + MONTH_DAYS_AT_MOST * DAY_MS)
  return startOfLocalDay(`${localDate(within).slice(0, 7)}-01`).getTime() - now.getTime()
}

/** Longer than any window, and two months for quotas; a row that is away starts afresh. */
const KEPT_DAYS = 70

/** Removes chats and months that nobody asked for in a long time; returns how many. */
export async function purgePace(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
  const result = await db
    .deleteFrom('channelPace')
    .where('nextAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
