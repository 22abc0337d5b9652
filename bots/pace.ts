import type { ChannelId } from '../api/chat/inbound.ts'
import type { SendOutcome } from '../api/chat/sender.ts'
import type { Ctx } from '../api/context.ts'
import type { OutboxRow } from '../api/db/outbox.ts'
import { type HeldSlot, LIMITS, penalise, release, reserve } from '../api/db/pace.ts'

/** So long all others of a channel wait behind one; then it steps aside. */
const WAIT_MS = 250
/** A chat's own limit is waited for so long; then its message goes back into the queue. */
const PATIENCE_MS = 3_500
/** Waiters of several processes come back a little apart. */
const JITTER_MS = 4
/** A slot that was given so long ago is not used: the call would come too close to the next ones. */
const STALE_MS = 20
/** What channels call a 429. */
const RATE_LIMITED = /(^|\.)rate_limited$/

export type Slot =
  | { kind: 'go'; slot?: HeldSlot }
  | { kind: 'later'; afterMs: number }
  | { kind: 'spent' }
export type Pacer = (row: Pick<OutboxRow, 'channel' | 'chatKey'>) => Promise<Slot>

/**
 * The right to make one call to the chat of a message, over all processes. Of this process one at a time asks for each
 * channel, so that few wait for the same row.
 */
export function createPacer(ctx: Ctx): Pacer {
  const lines = new Map<string, Promise<unknown>>()
  const inLine: Pacer = (row) => {
    const before = lines.get(row.channel) ?? Promise.resolve()
    const mine = before.then(() => takeSlot(ctx, row))
    lines.set(
      row.channel,
      mine.catch(() => {}),
    )
    return mine
  }
  return async (row) => {
    for (let waited = 0; ; ) {
      const slot = await inLine(row)
      if (slot.kind !== 'later') return slot
      waited += slot.afterMs
      if (waited > PATIENCE_MS) return slot
      await pause(slot.afterMs)
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function takeSlot(
  ctx: Ctx,
  { channel, chatKey }: Pick<OutboxRow, 'channel' | 'chatKey'>,
): Promise<Slot> {
  for (let waited = 0; ; ) {
    const now = ctx.now()
    const reserved = await reserve(ctx.db, { channel: channel as ChannelId, chatKey, now })
    const tookMs = ctx.now().getTime() - now.getTime()
    const isPaced = LIMITS[channel as ChannelId]?.all !== undefined
    if (reserved.ok && reserved.slot !== undefined) {
      const { startInMs } = reserved.slot
      // A timer may be early by a part of a millisecond.
      if (startInMs > 0) await pause(Math.ceil(startInMs) + 1)
      return { kind: 'go', slot: reserved.slot }
    }
    if (reserved.ok && (tookMs < STALE_MS || !isPaced)) return { kind: 'go' }
    if (!reserved.ok && reserved.reason === 'quota') return { kind: 'spent' }
    const jitterMs = (ctx.ports.random(1)[0] ?? 0) % JITTER_MS
    const waitMs = reserved.ok ? 0 : reserved.waitMs
    waited += waitMs + jitterMs + 1
    if (waited > WAIT_MS) return { kind: 'later', afterMs: waitMs }
    if (waitMs > 0) await pause(waitMs + jitterMs)
  }
}

/** After a call: its slot is free a window from now. One that may still arrive keeps its slot for longer. */
export async function endCall(ctx: Ctx, slot: HeldSlot, outcome: SendOutcome): Promise<void> {
  if (outcome.kind !== 'unknown') await release(ctx.db, slot, { now: ctx.now() })
}

/**
 * After a 429 no process calls before the named time. A group's own limit stops that group alone; any other stops the
 * channel, since the answer does not say which limit it was.
 */
export async function obeyLimit(ctx: Ctx, row: OutboxRow, outcome: SendOutcome): Promise<void> {
  if (outcome.kind !== 'retry' || !RATE_LIMITED.test(outcome.code)) return
  const isGroup = row.channel === 'telegram' && row.chatKey.startsWith('-')
  await penalise(ctx.db, {
    channel: row.channel as ChannelId,
    now: ctx.now(),
    retryAfterMs: outcome.afterMs,
    ...(isGroup ? { chatKey: row.chatKey } : {}),
  })
}
