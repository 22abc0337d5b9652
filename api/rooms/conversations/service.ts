import type { Language } from '../../../locales/index.ts'
import { withBanner } from '../../chat/banner.ts'
import { withChoiceIds } from '../../chat/choice-id.ts'
import type { ChannelId } from '../../chat/inbound.ts'
import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { sha256Hex } from '../../core/ids.ts'
import { audit } from '../../db/audit.ts'
import { appendEvent } from '../../db/events.ts'
import { enqueueMessages, type Lane } from '../../db/outbox.ts'
import { keptUntil } from '../../db/retention.ts'
import { inTransaction } from '../../db/transaction.ts'
import { linkFor } from '../identity/index.ts'
import { forgetWords } from './follow.ts'
import { advanceCursor, decodePushCursor, encodePushCursor, floorId, isSeen } from './policy.ts'
import { CONVERSATION_SECRET } from './schema.ts'
import {
  clearBodies,
  clearConversation,
  findConversationRow,
  findPushed,
  lockConversation,
  savePause,
} from './store.ts'

/** What people wrote is kept so long, for repeats and for finding faults. */
const PUSHED_LIMIT = 100

/** The chat key of a web client's secret: only its hash is ever stored. Throws `chat.conversation_invalid`. */
export async function webChatKey(secret: string): Promise<string> {
  if (!CONVERSATION_SECRET.test(secret)) throw new AppError('chat.conversation_invalid')
  return sha256Hex(secret)
}

/** The conversation's id of a web client's secret; undefined before its first message. */
export async function findWebConversationId(ctx: Ctx, secret: string): Promise<string | undefined> {
  const chatKey = await webChatKey(secret)
  return (await findConversationRow(ctx.db, { channel: 'web', chatKey }))?.id
}

/**
 * Tells a chat something it did not ask for. Choice ids are intents (`track_report`) or `<intent>.<payload>`. The same
 * `dedupeKey` again adds nothing.
 */
export async function notifyChat(
  ctx: Ctx,
  input: {
    channel: ChannelId | string
    chatKey: string
    language: Language
    message: Message
    dedupeKey: string
    lane?: Lane
    runAt?: Date
    expiresAt?: Date
  },
): Promise<void> {
  const { channel, chatKey, language, dedupeKey, lane = 'reply', runAt, expiresAt } = input
  const [withIds = input.message] = withChoiceIds([input.message], 'menu', 0)
  const [message = withIds] = ctx.settings.isDemo
    ? withBanner([withIds], ctx.translate(language)('chat:demo.banner'))
    : [withIds]
  await enqueueMessages(ctx, [
    {
      channel,
      chatKey,
      language,
      message,
      lane,
      dedupeKey: `push:${dedupeKey}`,
      ...(runAt === undefined ? {} : { runAt }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
  ])
}

/**
 * Tells a resident something in the chat that they used last; false when no chat reaches them. `message` words it in
 * the language of that chat.
 */
export async function messageResident(
  ctx: Ctx,
  input: {
    residentId: string
    message: (language: Language) => Message
    lane: Lane
    dedupeKey: string
    expiresAt?: Date
  },
): Promise<boolean> {
  const [link] = await linkFor(ctx, input.residentId)
  if (link === undefined) return false
  const { channel, chatKey, language } = link
  const { lane, dedupeKey, expiresAt } = input
  await notifyChat(ctx, {
    channel,
    chatKey,
    language,
    message: input.message(language),
    lane,
    dedupeKey,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
  return true
}

/**
 * An official took a chat over by hand: until `until` what comes in is kept and not answered. Null hands it back. A
 * chat that never wrote is noted too. Again only moves the time.
 */
export async function pauseChat(
  ctx: Ctx,
  input: { channel: string; chatKey: string; until: Date | null },
): Promise<void> {
  const { channel, chatKey, until } = input
  await inTransaction(ctx, async (tx) => {
    const row = await lockConversation(tx.db, {
      id: tx.newId(),
      channel,
      chatKey,
      language: tx.language,
      now: tx.now(),
    })
    await savePause(tx.db, row.id, until)
    const wasPaused = row.pausedUntil !== null && new Date(row.pausedUntil) > tx.now()
    if (wasPaused === (until !== null)) return
    const kind = until === null ? 'conversation.handed_back' : 'conversation.taken_over'
    await appendEvent(tx, { kind, subjectId: row.id })
    await audit(tx, {
      action: until === null ? 'conversations.handed_back' : 'conversations.taken_over',
      subjectKind: 'conversation',
      subjectId: row.id,
      data: { channel },
    })
  })
}

/** A person asked their platform that we forget them: words, answers and the open flow of this chat go. */
export async function forgetChat(
  ctx: Ctx,
  chat: { channel: string; chatKey: string },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const row = await findConversationRow(tx.db, chat)
    if (row === undefined) return
    await clearConversation(tx.db, row.id)
    await forgetWords(tx, row)
  })
}

export type Pushed = { messages: { id: string; at: string; message: Message }[]; cursor: string }

/** Messages pushed to a web chat since `after`; each is handed out once a cursor. */
export async function listPushed(
  ctx: Ctx,
  input: { chatKey: string; after?: string | undefined },
): Promise<Pushed> {
  const cursor = decodePushCursor(input.after)
  const rows = await findPushed(ctx.db, {
    chatKey: input.chatKey,
    floor: floorId(cursor),
    now: ctx.now(),
    limit: PUSHED_LIMIT,
  })
  const fresh = rows.filter((row) => !isSeen(cursor, row.id))
  const next = advanceCursor(
    cursor,
    fresh.map((row) => row.id),
    rows.map((row) => row.id),
  )
  return {
    messages: fresh.map(({ id, createdAt, message }) => ({ id, at: createdAt, message })),
    cursor: encodePushCursor(next),
  }
}

/** Daily: forgets messages older than their term (30 days as it ships); their keys and hashes stay, so that a repeat is still one. */
export async function purgeInboundBodies(ctx: Ctx): Promise<number> {
  const before = await keptUntil(ctx, 'inbound')
  const cleared = await clearBodies(ctx.db, before)
  ctx.log.info('conversations.bodies_purged', { cleared })
  return cleared
}
