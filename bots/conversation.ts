import type { TurnResult } from '../api/app.ts'
import { withBanner } from '../api/chat/banner.ts'
import { readState } from '../api/chat/engine.ts'
import type { FlowEntry } from '../api/chat/entry.ts'
import type { Inbound } from '../api/chat/inbound.ts'
import { type Message, say } from '../api/chat/message.ts'
import type { Ctx } from '../api/context.ts'
import { AppError } from '../api/core/errors.ts'
import { sha256Hex } from '../api/core/ids.ts'
import { enqueueMessages } from '../api/db/outbox.ts'
import { inSavepoint, inTransaction } from '../api/db/transaction.ts'
import {
  type EventKey,
  type EventRow,
  endHandover,
  lockConversation,
  lockEvent,
  noteEvent,
  saveEvent,
  saveTurn,
  settleOwner,
} from '../api/rooms/conversations/index.ts'
import { alertsCommands } from './alerts-commands.ts'
import { answer, type Chat, excuse, type Outcome } from './answer.ts'
import { builtInCommands } from './commands.ts'
import { dataCommands } from './data-commands.ts'
import { wantsLoaBack } from './doors.ts'
import { callsForHelp } from './emergency.ts'
import { floodCommands } from './flood-commands.ts'
import { guideCommands } from './guide-commands.ts'
import type { Knowledge } from './knowledge.ts'
import { linkCommands } from './link-commands.ts'
import { newsCommands } from './news-commands.ts'
import { noticesCommands } from './notices-commands.ts'
import { personCommands } from './person-commands.ts'
import { readingsCommands } from './readings-commands.ts'
import { createRegistry } from './registry.ts'
import { sosCommands } from './sos-commands.ts'
import { withUnsent } from './unsent.ts'

/** An event that failed so often is set aside for good. */
const MAX_CRASHES = 3

type Options = { entries: readonly FlowEntry<Ctx>[]; knowledge: Knowledge }

/**
 * One turn of a chat, the same on every channel: everything happens in one transaction, so that what was answered
 * 200 is kept and what was not is delivered again. The same event again gets the same answer; with another body it
 * throws `http.idempotency_mismatch`. A use-case that fails takes back only its own writes.
 */
export function createTurn({ entries, knowledge }: Options) {
  const registry = createRegistry(entries, [
    ...builtInCommands(knowledge),
    ...linkCommands,
    ...newsCommands,
    ...dataCommands,
    ...readingsCommands,
    ...floodCommands,
    ...guideCommands,
    ...noticesCommands(knowledge),
    ...alertsCommands(knowledge),
    ...sosCommands,
    ...personCommands,
  ])
  return async (ctx: Ctx, inbound: Inbound): Promise<TurnResult> => {
    const bodyHash = await sha256Hex(JSON.stringify(inbound.content))
    return inTransaction(ctx, async (tx) => {
      const { channel, chatKey, eventId, content, language: spoken = tx.language } = inbound
      const event = { channel, eventId, chatKey, bodyHash, body: content, receivedAt: tx.now() }
      const { isNew, conversation } = await noteEvent(tx.db, event)
      const known = isNew ? { crashes: 0 } : await findKnown(tx, event)
      if ('isRepeat' in known) return known
      const chatOf = { id: tx.newId(), channel, chatKey, language: spoken, now: tx.now() }
      const locked = conversation ?? (await lockConversation(tx.db, chatOf))
      const row = await settleOwner(tx, locked)
      const state = readState(row.state)
      const attempt = known.crashes
      const chat: Chat = { row, inbound, state, registry, knowledge, attempt }
      const isPaused = row.pausedUntil !== null && new Date(row.pausedUntil) > tx.now()
      // A page waits for its receipt, and a call for rescue for its numbers, whoever writes in the chat meanwhile.
      if (isPaused && inbound.content.kind !== 'form' && !callsForHelp(state, inbound.content)) {
        const isBack = wantsLoaBack(inbound.content) && (await endHandover(tx, row.id, 'resident'))
        if (!isBack) {
          await keepUnanswered(tx, chat)
          return { messages: [], isRepeat: false }
        }
        chat.inbound = { ...inbound, content: { kind: 'start' } }
      }
      const at = speaking(tx, row.language)
      const result = await take(at, chat)
      const messages = result.outcome.messages
      const language = result.outcome.language ?? row.language
      const marked = tx.settings.isDemo
        ? withBanner(messages, tx.translate(language)('chat:demo.banner'))
        : messages
      await keep(tx, chat, { ...result, outcome: { ...result.outcome, messages: marked } })
      return { messages: marked, isRepeat: false }
    })
  }
}

type Taken = { outcome: Outcome; state: EventRow['state']; crashes: number }

/** A chat starts as nobody, in its own language. */
const speaking = (ctx: Ctx, language: Ctx['language']): Ctx => ({
  ...ctx,
  language,
  t: ctx.translate(language),
  actor: { kind: 'anonymous' },
})

/** Answers a repeat from what was kept. An event that failed before is tried again. */
async function findKnown(
  tx: Ctx,
  { bodyHash, ...key }: EventKey & { bodyHash: string },
): Promise<TurnResult | { crashes: number }> {
  const known = await lockEvent(tx.db, key)
  if (known.bodyHash !== bodyHash) throw new AppError('http.idempotency_mismatch')
  if (known.state === 'failed') return { crashes: known.crashes }
  const forgotten = () => [say(tx.t('chat:turn.repeated'))]
  return { messages: known.answer ?? forgotten(), isRepeat: true }
}

async function take(ctx: Ctx, chat: Chat): Promise<Taken> {
  const crashes = chat.attempt
  try {
    const outcome = await inSavepoint(ctx, async (sp) => {
      const answered = await answer(sp, chat)
      return chat.inbound.content.kind === 'form' ? answered : withUnsent(sp, answered)
    })
    return { outcome, state: 'processed', crashes }
  } catch (error) {
    // A page says itself what is wrong, and its link stays good.
    if (chat.inbound.content.kind === 'form') throw error
    if (error instanceof AppError && !isOurs(error)) {
      return { outcome: await excuse(ctx, chat, error), state: 'processed', crashes }
    }
    const failures = crashes + 1
    const state = failures >= MAX_CRASHES ? 'quarantined' : 'failed'
    const { channel } = chat.inbound
    ctx.log.error('chat.turn_failed', { channel, flow: chat.state?.flow, failures, error })
    const key = state === 'failed' ? 'chat:turn.crashed' : 'chat:turn.quarantined'
    const sorry = say(ctx.t(key, { code: ctx.requestId }))
    return { outcome: await excuse(ctx, chat, sorry), state, crashes: failures }
  }
}

/** An error that only we can mend; the others tell a person what to do. */
const isOurs = (error: AppError): boolean =>
  error.code === 'http.internal' || error.code === 'http.unavailable'

/** A person of the office is answering: what was said is kept, the flow stays where it was. */
const keepUnanswered = (tx: Ctx, { row, inbound: { channel, eventId } }: Chat): Promise<void> =>
  saveEvent(
    tx.db,
    { channel, eventId },
    { conversationId: row.id, state: 'processed', crashes: 0, answer: [] },
  )

async function keep(tx: Ctx, chat: Chat, { outcome, state, crashes }: Taken): Promise<void> {
  const { row, inbound } = chat
  const { channel, chatKey, eventId } = inbound
  const { messages } = outcome
  const language = outcome.language ?? row.language
  await saveTurn(tx.db, {
    key: { channel, eventId },
    event: { conversationId: row.id, state, crashes, answer: messages },
    state: outcome.state,
    turn: row.turn + 1,
    language,
    residentId: outcome.residentId,
    updatedAt: tx.now(),
  })
  // What a retry says is new: the first answer may be out already.
  const attempt = chat.attempt === 0 ? '' : `:r${chat.attempt}`
  await enqueueMessages(
    tx,
    messages.map((message: Message, index) => ({
      channel,
      chatKey,
      lane: 'reply',
      dedupeKey: `${channel}:${eventId}:${index}${attempt}`,
      message,
      language,
    })),
  )
}
