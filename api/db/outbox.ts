import { type Selectable, sql } from 'kysely'
import type { Language } from '../../locales/index.ts'
import type { ChannelId } from '../chat/inbound.ts'
import type { Message } from '../chat/message.ts'
import type { Ctx, Db } from '../context.ts'
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
  expiresAt?: Date
}

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
        runAt: now,
        expiresAt: m.expiresAt ?? null,
        createdAt: now,
      })),
    )
    .onConflict((oc) => oc.column('dedupeKey').doNothing())
    .execute()
  ctx.afterCommit(() => ctx.ports.wake('outbox'))
}

/** Marks what nobody should read any more; returns how many. */
export async function expireMessages(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable('outbox')
    .set({ state: 'expired', settledAt: now })
    .where('state', '=', 'queued')
    .where('expiresAt', '<=', now.toISOString())
    .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now.toISOString())]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
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
 * possibly doubled; the second time it is rejected instead.
 */
export async function claimMessages(db: Db, claim: Claim): Promise<OutboxRow[]> {
  const now = claim.now.toISOString()
  const { limit } = claim
  const left = (...names: string[]) => sql<number>`${limit}${sql.join(names.map(countIn), sql``)}`
  const rows = await db
    .with('twiceUnknown', (cte) =>
      cte
        .updateTable('outbox')
        .set({
          state: 'rejected',
          errorCode: 'unknown_twice',
          settledAt: claim.now,
          leaseUntil: null,
        })
        .where('state', '=', 'queued')
        .where('maybeDoubled', '=', true)
        .where('leaseUntil', '<=', now),
    )
    .with('alerts', () => dueIn(db, claim, 'alert').limit(Math.ceil(limit * ALERT_SHARE)))
    .with('replies', () => dueIn(db, claim, 'reply').limit(left('alerts')))
    .with('moreAlerts', () =>
      dueIn(db, claim, 'alert')
        .where('o.id', 'not in', sql<string>`(select id from alerts)`)
        .limit(left('alerts', 'replies')),
    )
    .with('notices', () =>
      dueIn(db, claim, 'notice').limit(left('alerts', 'replies', 'more_alerts')),
    )
    .with('due', (cte) =>
      cte
        .selectFrom('alerts')
        .select('id')
        .unionAll((eb) => eb.selectFrom('replies').select('id'))
        .unionAll((eb) => eb.selectFrom('moreAlerts').select('id'))
        .unionAll((eb) => eb.selectFrom('notices').select('id')),
    )
    .updateTable('outbox')
    .from('due')
    .whereRef('outbox.id', '=', 'due.id')
    .set({
      leaseUntil: new Date(claim.now.getTime() + LEASE_SECONDS * 1000),
      fence: sql`outbox.fence + 1`,
      attempts: sql`outbox.attempts + 1`,
      maybeDoubled: sql`outbox.maybe_doubled or outbox.lease_until is not null`,
    })
    .returningAll('outbox')
    .execute()
  return rows.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}

const rank = ({ lane }: Pick<OutboxRow, 'lane'>): number => LANES.indexOf(lane)
const countIn = (name: string) => sql` - (select count(*) from ${sql.table(name)})`

/** Ids of a lane that are due, oldest first, locked; whoever else claims passes them by. */
function dueIn(db: Db, claim: Claim, lane: Lane) {
  const now = claim.now.toISOString()
  return (
    db
      .selectFrom('outbox as o')
      .select('o.id')
      .where('o.state', '=', 'queued')
      .where('o.lane', '=', lane)
      .where('o.channel', 'in', [...claim.channels])
      .where('o.runAt', '<=', now)
      // A lease that ran out on a message already marked is rejected, not taken.
      .where((eb) =>
        eb.or([
          eb('o.leaseUntil', 'is', null),
          eb.and([eb('o.leaseUntil', '<=', now), eb('o.maybeDoubled', '=', false)]),
        ]),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as before')
              .select(sql.lit(1).as('one'))
              .whereRef('before.channel', '=', 'o.channel')
              .whereRef('before.chatKey', '=', 'o.chatKey')
              .where('before.state', '=', 'queued')
              .where((inner) =>
                inner.or([
                  inner.and([
                    inner('before.lane', '=', lane),
                    inner('before.id', '<', inner.ref('o.id')),
                  ]),
                  inner('before.leaseUntil', '>', now),
                ]),
              ),
          ),
        ),
      )
      .$if(claim.chat !== undefined, (qb) =>
        qb
          .where('o.channel', '=', claim.chat?.channel ?? '')
          .where('o.chatKey', '=', claim.chat?.chatKey ?? ''),
      )
      .orderBy('o.runAt')
      .orderBy('o.id')
      .forUpdate()
      .skipLocked()
  )
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
