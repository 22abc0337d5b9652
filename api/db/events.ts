import { sql } from 'kysely'
import type { Ctx, Db } from '../context.ts'
import { PREPARED } from './prepared.ts'
import { inTransaction } from './transaction.ts'

export type DomainEvent = {
  seq: number
  xid: string
  id: string
  kind: string
  subjectId: string
  data: Record<string, unknown>
  at: string
}

/** Position in the event log; ordered by transaction, then by number. */
export type EventCursor = { xid: string; seq: number }
export const START: EventCursor = { xid: '0', seq: 0 }

/** A position as live pages carry it. */
export const encodeEventCursor = ({ xid, seq }: EventCursor): string => `${xid}.${seq}`

/** The position in what a page sent; undefined when it is none of ours. */
export function decodeEventCursor(text: string): EventCursor | undefined {
  const [, xid, seq] = /^(\d{1,19})\.(\d{1,15})$/.exec(text) ?? []
  return xid === undefined || seq === undefined ? undefined : { xid, seq: Number(seq) }
}

/** Whether `a` stands before `b` in the log. */
export const isBefore = (a: EventCursor, b: EventCursor): boolean =>
  BigInt(a.xid) < BigInt(b.xid) || (a.xid === b.xid && a.seq < b.seq)

/** Appends a fact in the open transaction, for rooms to the right and for live pages. `data` holds ids and codes only. */
export async function appendEvent(
  ctx: Ctx,
  event: { kind: string; subjectId: string; data?: Record<string, unknown> },
): Promise<void> {
  await ctx.db
    .insertInto('domainEvent')
    .values({
      id: ctx.newId(),
      kind: event.kind,
      subjectId: event.subjectId,
      data: JSON.stringify(event.data ?? {}),
      at: ctx.now(),
    })
    .execute()
  ctx.afterCommit(() => ctx.ports.wake('events'))
}

/**
 * Events after `cursor`, in order, none skipped: rows of transactions that are still open, or younger than an open one,
 * wait until the next read (a plain sequence would let a slow transaction's event fall behind the cursor).
 */
export async function readEvents(
  db: Db,
  cursor: EventCursor,
  limit: number,
): Promise<DomainEvent[]> {
  return db
    .selectFrom('domainEvent')
    .select(['seq', 'xid', 'id', 'kind', 'subjectId', 'data', 'at'])
    .where(sql<boolean>`(xid, seq) > (${cursor.xid}::xid8, ${cursor.seq}::bigint)`)
    .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('xid')
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The newest position that `readEvents` would reach; START while nothing has happened. */
export async function findHead(db: Db): Promise<EventCursor> {
  const row = await db
    .selectFrom('domainEvent')
    .select(['xid', 'seq'])
    .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('xid', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .modifyEnd(PREPARED)
    .executeTakeFirst()
  return row ?? START
}

/**
 * Hands a consumer the events after its cursor, in order, and moves the cursor, all in one transaction: what `handle`
 * wrote and how far it came commit together, so that each event takes effect once however often a process dies. Two
 * processes with the same consumer name wait for each other. When `handle` throws, nothing of this batch is kept.
 * Returns how many were handled.
 */
export async function consumeEvents(
  ctx: Ctx,
  consumer: string,
  handle: (tx: Ctx, event: DomainEvent) => Promise<void>,
  limit = 100,
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const cursor = await lockCursor(tx.db, consumer)
    const events = await readEvents(tx.db, cursor, limit)
    for (const event of events) await handle(tx, event)
    const last = events.at(-1)
    if (last !== undefined) {
      await tx.db
        .updateTable('eventCursor')
        .set({ xid: last.xid, seq: last.seq })
        .where('consumer', '=', consumer)
        .execute()
    }
    return events.length
  })
}

async function lockCursor(db: Db, consumer: string): Promise<EventCursor> {
  await db
    .insertInto('eventCursor')
    .values({ consumer, ...START })
    .onConflict((oc) => oc.column('consumer').doNothing())
    .execute()
  return db
    .selectFrom('eventCursor')
    .select(['xid', 'seq'])
    .where('consumer', '=', consumer)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
