import type { Selectable } from 'kysely'
import type { Language } from '../../../locales/index.ts'
import type { Content } from '../../chat/inbound.ts'
import type { Message } from '../../chat/message.ts'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'

export type ConversationRow = Selectable<Database['conversation']>
export type EventRow = Selectable<Database['inboundEvent']>
export type EventKey = { channel: string; eventId: string }
export type ChatKey = { channel: string; chatKey: string }

/** Notes an event; false when it was noted before (waits for a transaction that is noting it now). */
export async function insertEvent(
  db: Db,
  event: EventKey & { bodyHash: string; body: Content; receivedAt: Date },
): Promise<boolean> {
  const result = await db
    .insertInto('inboundEvent')
    .values({ ...event, body: JSON.stringify(event.body), state: 'processed', crashes: 0 })
    .onConflict((oc) => oc.columns(['channel', 'eventId']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** The event, locked until the transaction ends. */
export async function lockEvent(db: Db, key: EventKey): Promise<EventRow> {
  return db
    .selectFrom('inboundEvent')
    .selectAll()
    .where('channel', '=', key.channel)
    .where('eventId', '=', key.eventId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function saveEvent(
  db: Db,
  key: EventKey,
  set: {
    conversationId: string
    state: EventRow['state']
    crashes: number
    answer: readonly Message[]
  },
): Promise<void> {
  await db
    .updateTable('inboundEvent')
    .set({ ...set, answer: JSON.stringify(set.answer) })
    .where('channel', '=', key.channel)
    .where('eventId', '=', key.eventId)
    .execute()
}

/** The conversation of a chat, made at its first message, locked until the transaction ends. */
export async function lockConversation(
  db: Db,
  chat: ChatKey & { id: string; language: Language; now: Date },
): Promise<ConversationRow> {
  const { now, ...row } = chat
  await db
    .insertInto('conversation')
    .values({ ...row, state: null, turn: 0, createdAt: now, updatedAt: now })
    .onConflict((oc) => oc.columns(['channel', 'chatKey']).doNothing())
    .execute()
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function findConversationRow(
  db: Db,
  chat: ChatKey,
): Promise<ConversationRow | undefined> {
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .executeTakeFirst()
}

export async function saveConversation(
  db: Db,
  id: string,
  set: {
    state: object | null
    turn: number
    language: Language
    residentId: string | null
    updatedAt: Date
  },
): Promise<void> {
  await db
    .updateTable('conversation')
    .set({ ...set, state: set.state === null ? null : JSON.stringify(set.state) })
    .where('id', '=', id)
    .execute()
}

/** Silences the bot in a chat until then, or (null) lets it speak again. */
export async function savePause(db: Db, id: string, pausedUntil: Date | null): Promise<void> {
  await db.updateTable('conversation').set({ pausedUntil }).where('id', '=', id).execute()
}

/** Empties a chat: its flow, its resident, what was said and answered; its id when there is one. */
export async function clearChat(
  db: Db,
  { channel, chatKey }: ChatKey,
): Promise<string | undefined> {
  const row = await db
    .updateTable('conversation')
    .set({ state: null, residentId: null })
    .where('channel', '=', channel)
    .where('chatKey', '=', chatKey)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return undefined
  await db
    .updateTable('inboundEvent')
    .set({ body: null, answer: null })
    .where('conversationId', '=', row.id)
    .execute()
  return row.id
}

/** Forgets what was said in events received before `before`; keys and hashes stay. Returns how many. */
export async function clearBodies(db: Db, before: Date): Promise<number> {
  const result = await db
    .updateTable('inboundEvent')
    .set({ body: null, answer: null })
    .where('body', 'is not', null)
    .where('receivedAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** The last messages that a chat was sent, newest first. */
export async function findLastMessages(db: Db, chat: ChatKey, limit: number): Promise<Message[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('message')
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .where('state', 'in', ['queued', 'sent'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.message)
}

export type PushedRow = { id: string; createdAt: string; message: Message }

/** Messages of a web chat that came without being asked for, from `floor` on; direct replies are not among them. */
export async function findPushed(
  db: Db,
  query: { chatKey: string; floor: string; now: Date; limit: number },
): Promise<PushedRow[]> {
  return (
    db
      .selectFrom('outbox')
      .select(['id', 'createdAt', 'message'])
      .where('channel', '=', 'web')
      .where('chatKey', '=', query.chatKey)
      .where('id', '>', query.floor)
      // The answer to the page for long input was not asked for in this window either.
      .where((eb) =>
        eb.or([eb('dedupeKey', 'not like', 'web:%'), eb('dedupeKey', 'like', 'web:form:%')]),
      )
      .where('state', 'in', ['queued', 'sent'])
      .where((eb) =>
        eb.or([
          eb('state', '=', 'sent'),
          eb('expiresAt', 'is', null),
          eb('expiresAt', '>', query.now.toISOString()),
        ]),
      )
      .orderBy('id')
      .limit(query.limit)
      .execute()
  )
}

export type FormRow = Selectable<Database['chatForm']>

export async function insertForm(
  db: Db,
  form: { id: string; conversationId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.insertInto('chatForm').values(form).execute()
}

/** The form, locked until the transaction ends. */
export async function lockForm(db: Db, id: string): Promise<FormRow | undefined> {
  return db.selectFrom('chatForm').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function saveFormUsed(db: Db, id: string, usedAt: Date): Promise<void> {
  await db.updateTable('chatForm').set({ usedAt }).where('id', '=', id).execute()
}

export async function deleteForms(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('chatForm')
    .where('expiresAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function findConversationById(db: Db, id: string): Promise<ConversationRow> {
  return db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** What was answered to an event; empty once its body was forgotten, undefined when it never came. */
export async function findEventAnswer(
  db: Db,
  { channel, eventId }: EventKey,
): Promise<readonly Message[] | undefined> {
  const row = await db
    .selectFrom('inboundEvent')
    .select('answer')
    .where('channel', '=', channel)
    .where('eventId', '=', eventId)
    .executeTakeFirst()
  return row === undefined ? undefined : (row.answer ?? [])
}
