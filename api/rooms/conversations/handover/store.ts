import type { Selectable, Updateable } from 'kysely'
import type { Content } from '../../../chat/inbound.ts'
import type { Message } from '../../../chat/message.ts'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { ChatKey } from '../store.ts'

export type HandoverRow = Selectable<Database['handover']>

export async function insertHandover(
  db: Db,
  row: { id: string; conversationId: string; openedAt: Date; answerBy: Date },
): Promise<void> {
  await db
    .insertInto('handover')
    .values({ ...row, state: 'waiting' })
    .execute()
}

export async function findLive(db: Db, conversationId: string): Promise<HandoverRow | undefined> {
  return db
    .selectFrom('handover')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .where('state', '!=', 'ended')
    .executeTakeFirst()
}

export async function saveHandover(
  db: Db,
  id: string,
  set: Updateable<Database['handover']>,
): Promise<void> {
  await db.updateTable('handover').set(set).where('id', '=', id).execute()
}

/** Chats of hand-overs whose time is up. */
export async function findOverdue(db: Db, now: Date, limit: number): Promise<ChatKey[]> {
  return db
    .selectFrom('handover')
    .innerJoin('conversation', 'conversation.id', 'handover.conversationId')
    .select(['conversation.channel', 'conversation.chatKey'])
    .where('handover.state', '!=', 'ended')
    .where('handover.answerBy', '<=', now.toISOString())
    .orderBy('handover.answerBy')
    .limit(limit)
    .execute()
}

export type LiveRow = HandoverRow & ChatKey & { takerName: string | null }

/** Everybody who waits for a person or has one, the longest waiting first. */
export async function listLive(db: Db, limit: number): Promise<LiveRow[]> {
  return db
    .selectFrom('handover')
    .innerJoin('conversation', 'conversation.id', 'handover.conversationId')
    .leftJoin('official', 'official.id', 'handover.takenBy')
    .selectAll('handover')
    .select(['conversation.channel', 'conversation.chatKey'])
    .select('official.displayName as takerName')
    .where('handover.state', '!=', 'ended')
    .orderBy('handover.openedAt')
    .limit(limit)
    .execute()
}

/** What the person wrote since then, oldest first; the newest `limit`. */
export async function findSaid(
  db: Db,
  query: { conversationId: string; since: Date; limit: number },
): Promise<{ at: string; body: Content }[]> {
  const rows = await db
    .selectFrom('inboundEvent')
    .select(['receivedAt', 'body'])
    .where('conversationId', '=', query.conversationId)
    .where('receivedAt', '>=', query.since.toISOString())
    .where('body', 'is not', null)
    .orderBy('receivedAt', 'desc')
    .limit(query.limit)
    .execute()
  return rows.reverse().map(({ receivedAt, body }) => ({ at: receivedAt, body: body as Content }))
}

/** What the chat was answered and told since then, oldest first. */
export async function findAnswered(
  db: Db,
  query: ChatKey & { since: Date; limit: number },
): Promise<{ at: string; message: Message; dedupeKey: string }[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['createdAt', 'message', 'dedupeKey'])
    .where('channel', '=', query.channel)
    .where('chatKey', '=', query.chatKey)
    .where('createdAt', '>=', query.since.toISOString())
    .orderBy('id', 'desc')
    .limit(query.limit)
    .execute()
  return rows
    .reverse()
    .map(({ createdAt, message, dedupeKey }) => ({ at: createdAt, message, dedupeKey }))
}
