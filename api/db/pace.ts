import { sql } from 'kysely'
import type { ChannelId } from '../chat/inbound.ts'
import type { Db } from '../context.ts'
import { localDate, startOfLocalDay } from '../core/time.ts'

/** Never more than `limit` in any `windowMs`, at most `burst` at once. */
export type Pace = { limit: number; windowMs: number; burst: number }
export type ChannelLimits = {
  /** All calls of the channel together. */
  all?: Pace
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
    all: { limit: 30, windowMs: 1_000, burst: 1 },
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
 * `windowMs + JITTER_MS`: 95 % of Telegram's 30 a second is used, never more than all of it.
 */
export function spacing({ limit, windowMs, burst }: Pace): {
  intervalMs: number
  slackMs: number
} {
  const intervalMs = (windowMs + CATCH_UP_MS + JITTER_MS) / (limit - burst + 1)
  return { intervalMs, slackMs: (burst - 1) * intervalMs + CATCH_UP_MS }
}

export type Reservation =
  | { ok: true }
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

type Slot = { key: string; intervalMs: number; slackMs: number; quota: number }

/** Telegram's groups have negative ids. */
const isGroup = (channel: ChannelId, chatKey: string): boolean =>
  channel === 'telegram' && chatKey.startsWith('-')

function slotsOf({ channel, chatKey, now, limits = LIMITS[channel] }: Ask): Slot[] {
  const chat = isGroup(channel, chatKey) ? (limits.group ?? limits.chat) : limits.chat
  const slots: Slot[] = []
  if (limits.all !== undefined) slots.push({ key: channel, ...spacing(limits.all), quota: -1 })
  if (chat !== undefined) slots.push({ key: `${channel}/${chatKey}`, ...spacing(chat), quota: -1 })
  if (limits.monthly !== undefined) {
    const key = `${channel}#${localDate(now).slice(0, 7)}`
    slots.push({ key, intervalMs: 0, slackMs: 0, quota: limits.monthly })
  }
  return slots
}

/**
 * Takes the right to make one call to this chat now, or says when to ask again. One statement on the pool, outside any
 * transaction (its row locks would hold every other process): it locks the rows of the channel, the chat and the
 * month, reads the clock only then, and moves all of them or none.
 */
export async function reserve(db: Db, ask: Ask): Promise<Reservation> {
  if (db.isTransaction) throw new TypeError('reserve on the pool, not inside a transaction')
  const slots = slotsOf(ask)
  if (slots.length === 0) return { ok: true }
  const verdict = (await tryReserve(db, slots, ask)) ?? (await firstReserve(db, slots, ask))
  if (verdict.isTaken) return { ok: true }
  if (verdict.isSpent) return { ok: false, waitMs: untilNextMonth(ask.now), reason: 'quota' }
  return { ok: false, waitMs: Math.max(1, verdict.waitMs), reason: 'pace' }
}

type Verdict = { isTaken: boolean; isSpent: boolean; waitMs: number }

const given = ({ clock, now }: Pick<Ask, 'clock' | 'now'>): string | null =>
  clock === 'given' ? now.toISOString() : null

/** Undefined when a row is still missing. */
async function tryReserve(db: Db, slots: readonly Slot[], ask: Ask): Promise<Verdict | undefined> {
  const { rows } = await sql<Verdict & { found: number }>`
    with wanted as (
      select * from unnest(
        ${slots.map((s) => s.key)}::text[], ${slots.map((s) => s.intervalMs)}::float8[],
        ${slots.map((s) => s.slackMs)}::float8[], ${slots.map((s) => s.quota)}::integer[]
      ) as w (key, interval_ms, slack_ms, quota)
    ), held as materialized (
      select p.key, p.next_at, p.used, w.interval_ms, w.slack_ms, w.quota
      from channel_pace p join wanted w on w.key = p.key
      order by p.key for update of p
    ), verdict as materialized (
      select h.*, coalesce(${given(ask)}::timestamptz, clock_timestamp()) as now
      from (
        select count(*) as found, max(next_at) as free_at,
          coalesce(bool_or(quota >= 0 and used >= quota), false) as is_spent
        from held
      ) h
    ), taken as (
      update channel_pace p set
        next_at = greatest(h.next_at, v.now - h.slack_ms * interval '1 millisecond')
          + h.interval_ms * interval '1 millisecond',
        used = h.used + 1
      from held h, verdict v
      where p.key = h.key and v.found = ${slots.length} and v.free_at <= v.now and not v.is_spent
      returning 1
    )
    select found, is_spent, exists (select 1 from taken) as is_taken,
      coalesce(ceil(extract(epoch from free_at - now) * 1000), 0)::float8 as wait_ms
    from verdict`.execute(db)
  const [verdict] = rows
  return verdict === undefined || verdict.found < slots.length ? undefined : verdict
}

async function firstReserve(db: Db, slots: readonly Slot[], ask: Ask): Promise<Verdict> {
  await sql`
    insert into channel_pace (key, next_at, used)
    select key, 'epoch', 0 from unnest(${slots.map((s) => s.key)}::text[]) as w (key)
    order by key on conflict (key) do nothing`.execute(db)
  return (await tryReserve(db, slots, ask)) ?? { isTaken: false, isSpent: false, waitMs: 1 }
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
