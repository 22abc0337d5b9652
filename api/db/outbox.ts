import { type Selectable, sql } from 'kysely'
import type { Language } from '../../locales/index.ts'
import type { ChannelId } from '../chat/inbound.ts'
import type { Message } from '../chat/message.ts'
import type { Ctx, Db } from '../context.ts'
import { PREPARED } from './prepared.ts'
import type { Database } from './schema.ts'

export const LANES = ['reply', 'alert', 'notice'] as const
export type Lane = (typeof LANES)[number]

/** A sender that has not settled within this time is taken for dead; longer than any channel's request time-out. */
export const LEASE_SECONDS = 60
/** Part of every batch that alerts get even while replies queue up. */
const ALERT_SHARE = 0.25
const MAX_ATTEMPTS = 20

export type OutboxRow = Selectable<Database['outbox']>

/** What became of one message. `unknown` (no answer, may have arrived) is sent once more and marked. */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'retry'; afterMs: number; code: string }
  | { kind: 'unknown'; code: string }
  | { kind: 'gone'; code: string }
  | { kind: 'rejected'; code: string }

export type NewMessage = {
  channel: ChannelId | string
  chatKey: string
  lane: Lane
  /** The same key again is the same message: nothing is added. */
  dedupeKey: string
  message: Message
  language: Language
  /** Not before this. */
  runAt?: Date
  expiresAt?: Date
}

/** An answer in a chat; each number of rows is a statement of its own. */
const FEW = 4

/** Adds messages in the open transaction; wakes the sender loop after the commit. */
export async function enqueueMessages(ctx: Ctx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  const now = ctx.now()
  await ctx.db
    .insertInto('outbox')
    .values(
      messages.map((m) => ({
        id: ctx.newId(),
        channel: m.channel,
        chatKey: m.chatKey,
        lane: m.lane,
        dedupeKey: m.dedupeKey,
        message: JSON.stringify(m.message),
        language: m.language,
        state: 'queued' as const,
        runAt: m.runAt ?? now,
        expiresAt: m.expiresAt ?? null,
        createdAt: now,
      })),
    )
    .onConflict((oc) => oc.column('dedupeKey').doNothing())
    .$if(messages.length <= FEW, (qb) => qb.modifyEnd(PREPARED))
    .execute()
  ctx.afterCommit(() => ctx.ports.wake('outbox'))
}

/** Marks what nobody should read any more, and rejects what was unknown twice; returns how many expired. */
export async function expireMessages(db: Db, now: Date): Promise<number> {
  await rejectTwiceUnknown(db, now)
  const result = await db
    .updateTable('outbox')
    .set({ state: 'expired', settledAt: now })
    .where('state', '=', 'queued')
    .where('expiresAt', '<=', now.toISOString())
    .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now.toISOString())]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Marked as possibly doubled, and its second sender died as well: it is not sent a third time. */
async function rejectTwiceUnknown(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'rejected', errorCode: 'unknown_twice', settledAt: now, leaseUntil: null })
    .where('state', '=', 'queued')
    .where('maybeDoubled', '=', true)
    .where('leaseUntil', '<=', now.toISOString())
    .execute()
}

type Claim = {
  channels: readonly string[]
  limit: number
  now: Date
  chat?: { channel: string; chatKey: string }
}

/**
 * Takes up to `limit` messages under a lease, in one statement: replies first, then alerts (with a share of their own),
 * then notices; one message a chat and lane at a time, oldest first. A message whose former lease ran out is marked as
 * possibly doubled; one that is already marked is left to `expireMessages`.
 */
export async function claimMessages(db: Db, claim: Claim): Promise<OutboxRow[]> {
  const { limit } = claim
  const leaseUntil = new Date(claim.now.getTime() + LEASE_SECONDS * 1000).toISOString()
  // Written out, since it runs all the time: building it costs more than all else that is done for a message.
  const { rows } = await sql<OutboxRow>`
    with alerts as (${dueIn('alert', claim)} limit ${Math.ceil(limit * ALERT_SHARE)}),
    replies as (${dueIn('reply', claim)} limit ${limit} - (select count(*) from alerts)),
    more_alerts as (
      ${dueIn('alert', claim, sql`and o.id not in (select id from alerts)`)}
      limit ${limit} - (select count(*) from alerts) - (select count(*) from replies)
    ),
    notices as (
      ${dueIn('notice', claim)}
      limit ${limit} - (select count(*) from alerts) - (select count(*) from replies)
        - (select count(*) from more_alerts)
    ),
    due as (
      select id from alerts union all select id from replies
      union all select id from more_alerts union all select id from notices
    )
    update outbox set lease_until = ${leaseUntil}::timestamptz, fence = outbox.fence + 1,
      attempts = outbox.attempts + 1,
      maybe_doubled = outbox.maybe_doubled or outbox.lease_until is not null
    from due where outbox.id = due.id
    returning outbox.*`.execute(db)
  return rows.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

const rank = ({ lane }: Pick<OutboxRow, 'lane'>): number => LANES.indexOf(lane)

/**
 * Ids of a lane that are due, oldest first, locked; whoever else claims passes them by. A lease that ran out on a
 * message already marked is rejected, not taken.
 */
function dueIn(lane: Lane, { channels, now, chat }: Claim, more = sql``) {
  const at = sql`${now.toISOString()}::timestamptz`
  const only =
    chat === undefined
      ? sql``
      : sql`and o.channel = ${chat.channel} and o.chat_key = ${chat.chatKey}`
  return sql`
    select o.id from outbox o
    where o.state = 'queued' and o.lane = ${sql.lit(lane)} and o.channel = any(${channels}::text[])
      and o.run_at <= ${at} and (o.expires_at is null or o.expires_at > ${at})
      and (o.lease_until is null or (o.lease_until <= ${at} and not o.maybe_doubled))
      and not exists (
        select 1 from outbox before
        where before.channel = o.channel and before.chat_key = o.chat_key and before.state = 'queued'
          and ((before.lane = o.lane and before.id < o.id) or before.lease_until > ${at})
      ) ${only} ${more}
    order by o.run_at, o.id for update of o skip locked`
}

/** Notes that `callsDone` rendered calls of a message went out; false when the lease was lost meanwhile. */
export async function noteProgress(db: Db, row: OutboxRow, callsDone: number): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ callsDone })
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Writes what became of a claimed message; a late settle (older fence) changes nothing and returns false. */
export async function settleMessage(
  db: Db,
  row: OutboxRow,
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set(settlement(row, outcome, now))
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Settles many messages that were sent, in one statement; the ids of those whose lease still held. */
export async function settleSent(
  db: Db,
  rows: readonly OutboxRow[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const { rows: settled } = await sql<{ id: string }>`
    update outbox o set state = 'sent', error_code = null, lease_until = null,
      settled_at = ${now.toISOString()}::timestamptz
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.fence)}::integer[])
      as mine (id, fence)
    where o.id = mine.id and o.fence = mine.fence and o.state = 'queued'
    returning o.id`.execute(db)
  return new Set(settled.map((row) => row.id))
}

function settlement(row: OutboxRow, outcome: Outcome, now: Date) {
  const done = { leaseUntil: null, settledAt: now }
  switch (outcome.kind) {
    case 'sent':
      return { ...done, state: 'sent' as const, errorCode: null }
    case 'gone':
    case 'rejected':
      return { ...done, state: outcome.kind, errorCode: outcome.code }
    case 'retry':
      if (row.attempts >= MAX_ATTEMPTS)
        return { ...done, state: 'rejected' as const, errorCode: outcome.code }
      return {
        leaseUntil: null,
        runAt: new Date(now.getTime() + outcome.afterMs),
        errorCode: outcome.code,
      }
    case 'unknown':
      if (row.maybeDoubled)
        return { ...done, state: 'rejected' as const, errorCode: 'unknown_twice' }
      return {
        leaseUntil: null,
        runAt: new Date(now.getTime() + 5_000),
        errorCode: outcome.code,
        maybeDoubled: true,
      }
  }
}

/**
 * Puts a claimed message back until its channel has room again: no attempt, since nothing was tried. False when the
 * lease was lost meanwhile.
 */
export async function postponeMessage(db: Db, row: OutboxRow, until: Date): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set({ leaseUntil: null, runAt: until, attempts: sql`attempts - 1` })
    .where('id', '=', row.id)
    .where('fence', '=', row.fence)
    .where('state', '=', 'queued')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** A chat has a new address: what waits for it goes there. Again moves nothing. */
export async function moveQueued(
  db: Db,
  { channel, from, to }: { channel: string; from: string; to: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ chatKey: to })
    .where('channel', '=', channel)
    .where('chatKey', '=', from)
    .where('state', '=', 'queued')
    .execute()
}
