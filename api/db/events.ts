import { sql } from 'kysely'
import type { Ctx, Db } from '../context.ts'

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

export async function loadCursor(db: Db, consumer: string): Promise<EventCursor> {
  const row = await db
    .selectFrom('eventCursor')
    .select(['xid', 'seq'])
    .where('consumer', '=', consumer)
    .executeTakeFirst()
  return row ?? START
}

export async function saveCursor(db: Db, consumer: string, cursor: EventCursor): Promise<void> {
  await db
    .insertInto('eventCursor')
    .values({ consumer, ...cursor })
    .onConflict((oc) => oc.column('consumer').doUpdateSet({ xid: cursor.xid, seq: cursor.seq }))
    .execute()
}
