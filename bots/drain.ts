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
import { createPacer, endCall, obeyLimit, type Pacer } from './pace.ts'
import { createSettler, type Settler } from './settle.ts'

/** Chats that are written to at once; each holds at most one message. */
const AT_ONCE = 16
/** So many places are free before more is claimed: one statement for several messages, while the others go on. */
const CLAIM_FROM = 8
/** Before a call starts, so much of the lease must be left: longer than a channel's request time-out. */
const LEASE_MARGIN_MS = 20_000

type Options = {
  /** Messages taken in this run, all lanes together. */
  limit: number
  /** Only this chat, right after its turn. */
  chat?: { channel: string; chatKey: string }
}

/**
 * Sends what is due, at most `limit` messages; returns how many were settled. Nothing expired is sent. A message
 * resumes at the call where it stopped; a sender that throws has an unknown outcome, which is tried once more and
 * marked as possibly doubled. Runs on the pool, outside any transaction: no lock is held while a channel is awaited.
 */
export async function drainOutbox(
  ctx: Ctx,
  senders: readonly Sender[],
  { limit, chat }: Options,
): Promise<number> {
  await expireMessages(ctx.db, ctx.now())
  const byChannel = new Map<string, Sender>(senders.map((sender) => [sender.channel, sender]))
  const channels = [...byChannel.keys()]
  if (channels.length === 0) return 0
  const way = { pacer: createPacer(ctx), settler: createSettler(ctx) }
  const underWay = new Set<Promise<void>>()
  const start = (row: OutboxRow) => {
    const sender = byChannel.get(row.channel)
    if (sender === undefined) return
    const one = deliver(ctx, { ...way, sender }, row).finally(() => underWay.delete(one))
    underWay.add(one)
  }
  for (let taken = 0; ; ) {
    const room = Math.min(AT_ONCE - underWay.size, limit - taken)
    const claim = { channels, limit: room, now: ctx.now() }
    const rows =
      room > 0 ? await claimMessages(ctx.db, chat === undefined ? claim : { ...claim, chat }) : []
    taken += rows.length
    rows.forEach(start)
    if (underWay.size === 0) return taken
    // With nothing more to claim, each message that is done may make way for the next one of its chat.
    const enough = rows.length === 0 ? underWay.size - 1 : AT_ONCE - CLAIM_FROM
    do await Promise.race(underWay)
    while (underWay.size > enough)
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

type Way = { sender: Sender; pacer: Pacer; settler: Settler }

async function deliver(ctx: Ctx, way: Way, row: OutboxRow): Promise<void> {
  const outcome = await sendCalls(ctx, way, row)
  if (outcome === undefined) return
  if (outcome.kind === 'later') {
    await postponeMessage(ctx.db, row, new Date(ctx.now().getTime() + outcome.afterMs))
    return
  }
  if (outcome.kind === 'sent') {
    await way.settler(row)
    return
  }
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
  { sender, pacer }: Way,
  row: OutboxRow,
): Promise<SendOutcome | { kind: 'later'; afterMs: number } | undefined> {
  const target: RenderTarget = {
    chatKey: row.chatKey,
    words: channelWords(ctx, row.language),
  }
  const [message = row.message] = await revealForms(ctx, [row.message])
  const { calls, dropped } = sender.render(message, target)
  if (dropped.length > 0 && row.callsDone === 0)
    ctx.log.debug('outbox.degraded', { id: row.id, channel: row.channel, dropped })
  const leaseEnds = Date.parse(row.leaseUntil ?? '')
  for (let done = row.callsDone; done < calls.length; done++) {
    if (ctx.now().getTime() > leaseEnds - LEASE_MARGIN_MS)
      return { kind: 'retry', afterMs: 0, code: 'lease_short' }
    const slot = await pacer(row)
    if (slot.kind === 'later') return slot
    if (slot.kind === 'spent') return { kind: 'rejected', code: 'quota_spent' }
    const outcome = await attempt(ctx, sender, calls[done], row)
    if (slot.slot !== undefined) await endCall(ctx, slot.slot, outcome)
    if (outcome.kind !== 'sent') return outcome
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
