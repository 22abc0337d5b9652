import { type Selectable, sql } from 'kysely'
import type { Language } from '../../../locales/index.ts'
import type { Content } from '../../chat/inbound.ts'
import type { Message } from '../../chat/message.ts'
import type { Db } from '../../context.ts'
import { PREPARED } from '../../db/prepared.ts'
import type { Database } from '../../db/schema.ts'

export type ConversationRow = Selectable<Database['conversation']>
export type EventRow = Selectable<Database['inboundEvent']>
export type EventKey = { channel: string; eventId: string }
export type ChatKey = { channel: string; chatKey: string }

/**
 * Notes an event and locks the conversation of its chat until the transaction ends, in one statement, since every turn
 * begins with it. `isNew` is false when it was noted before (waits for a transaction that is noting it now); then, and
 * at a chat's first message, `conversation` is undefined.
 */
export async function noteEvent(
  db: Db,
  event: EventKey & { chatKey: string; bodyHash: string; body: Content; receivedAt: Date },
): Promise<{ isNew: boolean; conversation: ConversationRow | undefined }> {
  const { channel, eventId, chatKey, bodyHash, body, receivedAt } = event
  const { rows } = await sql<ConversationRow & { isNew: boolean; id: string | null }>`
    with noted as (
      insert into inbound_event
        (channel, event_id, body_hash, body, received_at, state, crashes)
      values (${channel}, ${eventId}, ${bodyHash}, ${JSON.stringify(body)},
        ${receivedAt.toISOString()}, 'processed', 0)
      on conflict (channel, event_id) do nothing returning 1
    ), event as materialized (select count(*) as noted from noted)
    select event.noted = 1 as is_new, mine.* from event left join lateral (
      select * from conversation
      where channel = ${channel} and chat_key = ${chatKey} and event.noted = 1 for update
    ) mine on true ${PREPARED}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('an event was neither noted nor known')
  const { isNew, ...conversation } = row
  return { isNew, conversation: conversation.id === null ? undefined : conversation }
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

type EventEnd = {
  conversationId: string
  state: EventRow['state']
  crashes: number
  answer: readonly Message[]
}

export async function saveEvent(db: Db, key: EventKey, set: EventEnd): Promise<void> {
  await endEvent(db, key, set).execute()
}

const endEvent = (db: Pick<Db, 'updateTable'>, key: EventKey, set: EventEnd) =>
  db
    .updateTable('inboundEvent')
    .set({ ...set, answer: JSON.stringify(set.answer) })
    .where('channel', '=', key.channel)
    .where('eventId', '=', key.eventId)

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

/** What a turn leaves of its conversation and of its event, in one statement. */
export async function saveTurn(
  db: Db,
  {
    key,
    event,
    ...set
  }: {
    key: EventKey
    event: EventEnd
    state: object | null
    turn: number
    language: Language
    residentId: string | null
    updatedAt: Date
  },
): Promise<void> {
  await db
    .with('ended', (cte) => endEvent(cte, key, event))
    .updateTable('conversation')
    .set({ ...set, state: set.state === null ? null : JSON.stringify(set.state) })
    .where('id', '=', event.conversationId)
    .modifyEnd(PREPARED)
    .execute()
}

/** Silences the bot in a chat until then, or (null) lets it speak again. */
export async function savePause(db: Db, id: string, pausedUntil: Date | null): Promise<void> {
  await db.updateTable('conversation').set({ pausedUntil }).where('id', '=', id).execute()
}

/** The conversations that name this resident, locked in the order of their ids. */
export async function lockConversationsOf(db: Db, residentId: string): Promise<ConversationRow[]> {
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function saveOwner(db: Db, id: string, residentId: string | null): Promise<void> {
  await db.updateTable('conversation').set({ residentId }).where('id', '=', id).execute()
}

/** Lets a chat's open flow and its resident go. */
export async function clearConversation(db: Db, id: string): Promise<void> {
  await db
    .updateTable('conversation')
    .set({ state: null, residentId: null })
    .where('id', '=', id)
    .execute()
}

/** Empties what was said in a chat, and what it was sent; what still waits to be sent goes out. */
export async function clearWords(
  db: Db,
  { id, channel, chatKey }: ChatKey & { id: string },
): Promise<void> {
  await db
    .updateTable('inboundEvent')
    .set({ body: null, answer: null })
    .where('conversationId', '=', id)
    .where('body', 'is not', null)
    .execute()
  await db
    .updateTable('outbox')
    .set({ message: JSON.stringify({ parts: [] }) })
    .where('channel', '=', channel)
    .where('chatKey', '=', chatKey)
    .where('state', '!=', 'queued')
    .execute()
}

/** A resident's chats with what was said in each, oldest first; a chat without words once with nulls. */
export async function findWords(db: Db, residentId: string) {
  return db
    .selectFrom('conversation')
    .leftJoin('inboundEvent', (join) =>
      join
        .onRef('inboundEvent.conversationId', '=', 'conversation.id')
        .on('inboundEvent.body', 'is not', null),
    )
    .select(['conversation.id', 'conversation.channel', 'conversation.language'])
    .select(['inboundEvent.receivedAt', 'inboundEvent.body'])
    .where('conversation.residentId', '=', residentId)
    .orderBy('conversation.id')
    .orderBy('inboundEvent.receivedAt')
    .execute()
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

/** Messages of a web chat that came without being asked for and whose time has come, from `floor` on; no replies. */
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
      .where('runAt', '<=', query.now.toISOString())
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

/** Chats whose bot is silent at `now`, those that end soonest first. */
export async function listPaused(db: Db, now: Date, limit: number): Promise<ConversationRow[]> {
  return db
    .selectFrom('conversation')
    .selectAll()
    .where('pausedUntil', '>', now.toISOString())
    .orderBy('pausedUntil')
    .limit(limit)
    .execute()
}

export async function findConversation(db: Db, id: string): Promise<ConversationRow | undefined> {
  return db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst()
}
