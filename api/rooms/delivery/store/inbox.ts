import { type Selectable, sql } from 'kysely'
import type { Language } from '../../../../locales/index.ts'
import type { Message } from '../../../chat/message.ts'
import type { Db } from '../../../context.ts'
import type { Lane } from '../../../db/outbox.ts'
import type { Database } from '../../../db/schema.ts'
import type { Why } from '../schema.ts'

export type InboxRow = Selectable<Database['inboxItem']>

/** Adds an item; undefined when its key is there already. */
export async function insertInboxItem(
  db: Db,
  item: {
    id: string
    residentId: string
    kind: string
    message: Message
    language: Language
    why: Why
    dedupeKey: string
    isLifeSafety: boolean
    at: Date
    expiresAt: Date | null
  },
): Promise<string | undefined> {
  const row = await db
    .insertInto('inboxItem')
    .values({ ...item, message: JSON.stringify(item.message), why: JSON.stringify(item.why) })
    .onConflict((oc) => oc.column('dedupeKey').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function findInboxIdByKey(db: Db, dedupeKey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('inboxItem')
    .select('id')
    .where('dedupeKey', '=', dedupeKey)
    .executeTakeFirst()
  return row?.id
}

export async function findInboxItem(db: Db, id: string): Promise<InboxRow | undefined> {
  return db.selectFrom('inboxItem').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findItemOfDispatch(
  db: Db,
  dispatchId: string,
  residentId: string,
): Promise<InboxRow | undefined> {
  return db
    .selectFrom('inboxItem')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('dispatchId', '=', dispatchId)
    .executeTakeFirst()
}

export async function lockInboxItem(db: Db, id: string): Promise<InboxRow | undefined> {
  return db.selectFrom('inboxItem').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function setInboxOutbox(db: Db, id: string, outboxId: string | null): Promise<void> {
  await db.updateTable('inboxItem').set({ outboxId }).where('id', '=', id).execute()
}

export type InboxListRow = Omit<InboxRow, 'message' | 'outboxId' | 'dedupeKey' | 'notedAt'> & {
  message: Message
}

/** A resident's items, newest first, from below `beforeId`; the words of a dispatch in the item's language. */
export async function findInbox(
  db: Db,
  query: { residentId: string; beforeId: string | undefined; limit: number },
): Promise<InboxListRow[]> {
  return db
    .selectFrom('inboxItem as i')
    .leftJoin('dispatch as d', 'd.id', 'i.dispatchId')
    .select([
      'i.id',
      'i.residentId',
      'i.kind',
      'i.dispatchId',
      'i.language',
      'i.why',
      'i.isLifeSafety',
      'i.at',
      'i.readAt',
      'i.expiresAt',
    ])
    .select(
      sql<Message>`coalesce(i.message, case i.language when 'en' then d.message_en else d.message_vi end)`.as(
        'message',
      ),
    )
    .where('i.residentId', '=', query.residentId)
    .$if(query.beforeId !== undefined, (qb) => qb.where('i.id', '<', query.beforeId ?? ''))
    .orderBy('i.id', 'desc')
    .limit(query.limit)
    .execute()
}

/** Unread items that still hold. */
export async function countUnread(db: Db, residentId: string, now: Date): Promise<number> {
  const { n } = await db
    .selectFrom('inboxItem')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('residentId', '=', residentId)
    .where('readAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now.toISOString())]))
    .executeTakeFirstOrThrow()
  return n
}

/** Notes, once, the unread items that still hold and that no chat carried; how many there were. */
export async function takeUnsent(db: Db, residentId: string, now: Date): Promise<number> {
  const result = await db
    .updateTable('inboxItem')
    .set({ notedAt: now })
    .where('residentId', '=', residentId)
    .where('outboxId', 'is', null)
    .where('readAt', 'is', null)
    .where('notedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now.toISOString())]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Marks one item, or all, as read; how many were not before. */
export async function setRead(
  db: Db,
  residentId: string,
  id: string | undefined,
  now: Date,
): Promise<number> {
  const result = await db
    .updateTable('inboxItem')
    .set({ readAt: now })
    .where('residentId', '=', residentId)
    .where('readAt', 'is', null)
    .$if(id !== undefined, (qb) => qb.where('id', '=', id ?? ''))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function moveInbox(db: Db, fromId: string, intoId: string): Promise<void> {
  await db
    .updateTable('inboxItem')
    .set({ residentId: intoId })
    .where('residentId', '=', fromId)
    .execute()
}

export async function deleteInbox(db: Db, residentId: string): Promise<void> {
  await db.deleteFrom('inboxItem').where('residentId', '=', residentId).execute()
}

/** Removes items older than `before`, at most `limit`; returns how many. */
export async function deleteOldInbox(db: Db, before: Date, limit: number): Promise<number> {
  const old = db
    .selectFrom('inboxItem')
    .select('id')
    .where('at', '<', before.toISOString())
    .limit(limit)
  const result = await db.deleteFrom('inboxItem').where('id', 'in', old).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Puts a message on its way at `runAt`; false when its key is there already. */
export async function insertOutbox(
  db: Db,
  mail: {
    id: string
    channel: string
    chatKey: string
    lane: Lane
    dedupeKey: string
    message: Message
    language: Language
    runAt: Date
    expiresAt: Date | null
    now: Date
  },
): Promise<boolean> {
  const { now, message, ...row } = mail
  const result = await db
    .insertInto('outbox')
    .values({ ...row, message: JSON.stringify(message), state: 'queued', createdAt: now })
    .onConflict((oc) => oc.column('dedupeKey').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows) > 0
}

export async function findOutbox(db: Db, id: string) {
  return db
    .selectFrom('outbox')
    .select(['id', 'channel', 'chatKey', 'dedupeKey', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What to take back: these kinds, or everything; with or without what concerns life. */
export type Halt = { kinds?: readonly string[]; withLifeSafety: boolean }

/** Takes back what still waits in the outbox for a resident; what a sender holds goes out. Returns how many. */
export async function haltOutbox(
  db: Db,
  residentId: string,
  { kinds, withLifeSafety }: Halt,
  now: Date,
): Promise<number> {
  const at = now.toISOString()
  const { rows } = await sql`
    update outbox o set state = 'expired', error_code = 'stopped', settled_at = ${at}::timestamptz
    from inbox_item i
    where i.resident_id = ${residentId}::uuid and o.id = i.outbox_id and o.state = 'queued'
      and (o.lease_until is null or o.lease_until <= ${at}::timestamptz)
      and ${kinds === undefined ? sql`true` : sql`i.kind = any(${[...kinds]}::text[])`}
      and ${withLifeSafety ? sql`true` : sql`not i.is_life_safety`}
    returning o.id`.execute(db)
  return rows.length
}

export type GoneRow = Selectable<Database['outbox']>

/** Messages that came back as gone since `since` and whose next way was not looked for yet. */
export async function findUnfinishedGone(db: Db, since: Date, limit: number): Promise<GoneRow[]> {
  return db
    .selectFrom('outbox')
    .innerJoin('inboxItem', 'inboxItem.outboxId', 'outbox.id')
    .selectAll('outbox')
    .where('outbox.state', '=', 'gone')
    .where('outbox.settledAt', '>', since.toISOString())
    .orderBy('outbox.settledAt')
    .limit(limit)
    .execute()
}
