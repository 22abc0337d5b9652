import type { ChannelWords, RenderTarget, Sender, SendOutcome } from '../api/chat/sender.ts'
import type { Ctx } from '../api/context.ts'
import {
  claimMessages,
  expireMessages,
  noteProgress,
  type OutboxRow,
  postponeMessage,
  settleMessage,
} from '../api/db/outbox.ts'
import { revealForms } from '../api/rooms/conversations/index.ts'
import { fallbackAfterGone } from '../api/rooms/delivery/index.ts'
import type { Language } from '../locales/index.ts'
import { type Delivered, type Flow, keepFlowing } from './flow-control.ts'
import { createPacer, endCall, obeyLimit, type Pacer } from './pace.ts'
import { createSettler, type Settler } from './settle.ts'

const EXPIRE_EVERY_MS = 1_000
/** Before a call starts, so much of the lease must be left: longer than a channel's request time-out. */
const LEASE_MARGIN_MS = 20_000

type Options = {
  /** Messages of each channel taken in this run, all lanes together. */
  limit: number
  /** Only this chat, right after its turn. */
  chat?: { channel: string; chatKey: string }
} & Pick<Flow, 'lookAgainMs' | 'isStopping' | 'onWake'>

/**
 * Sends what is due, each channel by itself: one that is dead holds up no other. Returns how many messages were taken.
 * Nothing expired is sent. A message resumes at the call where it stopped; a sender that throws has an unknown outcome,
 * which is tried once more and marked as possibly doubled. Runs on the pool, outside any transaction: no lock is held
 * while a channel is awaited.
 */
export async function drainOutbox(
  ctx: Ctx,
  senders: readonly Sender[],
  { limit, chat, ...flow }: Options,
): Promise<number> {
  const words = { vi: channelWords(ctx, 'vi'), en: channelWords(ctx, 'en') }
  const runs = senders.map((sender) => {
    const way = { sender, words, pacer: createPacer(ctx), settler: createSettler(ctx) }
    const only = chat === undefined ? {} : { chat }
    return keepFlowing({
      ...flow,
      limit,
      claim: claimer(ctx, { channels: [sender.channel], ...only }),
      deliver: (row) => deliver(ctx, way, row),
    })
  })
  const ends = await Promise.allSettled(runs)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return ends.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0)
}

/** Claims, and takes away what expired, before the first claim and every second. */
function claimer(ctx: Ctx, of: Pick<Parameters<typeof claimMessages>[1], 'channels' | 'chat'>) {
  let expiredAt = Number.NEGATIVE_INFINITY
  return async (limit: number): Promise<OutboxRow[]> => {
    const now = ctx.now()
    if (now.getTime() >= expiredAt + EXPIRE_EVERY_MS) {
      await expireMessages(ctx.db, now)
      expiredAt = now.getTime()
    }
    return claimMessages(ctx.db, { ...of, limit, now })
  }
}

/** All that a channel's own controls say, in a language. */
export function channelWords(ctx: Pick<Ctx, 'translate'>, language: Language): ChannelWords {
  const t = ctx.translate(language)
  return {
    sendLocation: t('chat:keyboard.location'),
    sendPhone: t('chat:keyboard.phone'),
    useKeyboard: t('chat:keyboard.use'),
  }
}

/** The channel may not write to this chat now (Zalo's window, a spent plan): another way is tried instead. */
const CLOSED = /(^|\.)(window_closed|quota_spent)$/

type Way = {
  sender: Sender
  words: Record<Language, ChannelWords>
  pacer: Pacer
  settler: Settler
}

/**
 * Sends one message. That it was sent is written while its line goes on; anything else is written before, so that after
 * a 429 no call follows.
 */
async function deliver(ctx: Ctx, way: Way, row: OutboxRow): Promise<Delivered> {
  const outcome = await sendCalls(ctx, way, row)
  if (outcome?.kind === 'sent') return { settled: way.settler(row).then(() => {}) }
  if (outcome?.kind === 'later')
    await postponeMessage(ctx.db, row, new Date(ctx.now().getTime() + outcome.afterMs))
  else if (outcome !== undefined) await settleUnsent(ctx, row, outcome)
  return { settled: Promise.resolve() }
}

async function settleUnsent(
  ctx: Ctx,
  row: OutboxRow,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
): Promise<void> {
  await obeyLimit(ctx, row, outcome)
  const isOurs = await settleMessage(ctx.db, row, outcome, ctx.now())
  if (!isOurs) return
  const { kind, code } = outcome
  ctx.log.warn('outbox.not_sent', { id: row.id, channel: row.channel, kind, code })
  const isClosed = kind === 'rejected' && CLOSED.test(code)
  if (kind !== 'gone' && !isClosed) return
  const as: Ctx = { ...ctx, actor: { kind: 'system', name: 'outbox' } }
  await fallbackAfterGone(as, row, { isLinkGone: kind === 'gone' })
}

/** The outcome of the calls that were still open; undefined when the lease was lost meanwhile. */
async function sendCalls(
  ctx: Ctx,
  { sender, words, pacer }: Way,
  row: OutboxRow,
): Promise<SendOutcome | { kind: 'later'; afterMs: number } | undefined> {
  const target: RenderTarget = {
    chatKey: row.chatKey,
    words: words[row.language],
  }
  const [message = row.message] = await revealForms(ctx, [row.message])
  const { calls, dropped } = sender.render(message, target)
  if (dropped.length > 0 && row.callsDone === 0)
    ctx.log.debug('outbox.degraded', { id: row.id, channel: row.channel, dropped })
  const leaseEnds = Date.parse(row.leaseUntil ?? '')
  const expiresAt = row.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.expiresAt)
  for (let done = row.callsDone; done < calls.length; done++) {
    const now = ctx.now().getTime()
    // Put back, for the next claim to take it away.
    if (now >= expiresAt) return { kind: 'later', afterMs: 0 }
    if (now > leaseEnds - LEASE_MARGIN_MS) return { kind: 'retry', afterMs: 0, code: 'lease_short' }
    const slot = await pacer(row)
    if (slot.kind === 'later') return slot
    if (slot.kind === 'spent') return { kind: 'rejected', code: 'quota_spent' }
    const outcome = await attempt(ctx, sender, calls[done], row)
    if (slot.slot !== undefined) await endCall(ctx, slot.slot, outcome)
    if (outcome.kind !== 'sent') return outcome
    if (outcome.isWhole) break
    const isLast = done === calls.length - 1
    if (!isLast && !(await noteProgress(ctx.db, row, done + 1))) return undefined
  }
  return { kind: 'sent' }
}

async function attempt(
  ctx: Ctx,
  sender: Sender,
  call: unknown,
  row: OutboxRow,
): Promise<SendOutcome> {
  try {
    return await sender.send(call, { chatKey: row.chatKey, language: row.language })
  } catch (error) {
    ctx.log.error('outbox.sender_failed', { id: row.id, channel: row.channel, error })
    return { kind: 'unknown', code: 'sender_failed' }
  }
}
