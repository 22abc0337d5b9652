import type { ChannelId } from '../api/chat/inbound.ts'
import type { SendOutcome } from '../api/chat/sender.ts'
import type { Ctx } from '../api/context.ts'
import type { OutboxRow } from '../api/db/outbox.ts'
import { penalise, reserve } from '../api/db/pace.ts'

/** So long a sender waits for its slot in place; for anything longer the message goes back into the queue. */
const WAIT_MS = 1_500
/** Waiters come back a little apart. */
const JITTER_MS = 8
/** What channels call a 429. */
const RATE_LIMITED = /(^|\.)rate_limited$/

export type Slot = { kind: 'go' } | { kind: 'later'; afterMs: number } | { kind: 'spent' }

/** The right to make one call to the chat of a message, over all processes; waits for it while that is short. */
export async function takeSlot(
  ctx: Ctx,
  { channel, chatKey }: Pick<OutboxRow, 'channel' | 'chatKey'>,
): Promise<Slot> {
  for (let waited = 0; ; ) {
    const ask = { channel: channel as ChannelId, chatKey, now: ctx.now() }
    const reserved = await reserve(ctx.db, ask)
    if (reserved.ok) return { kind: 'go' }
    if (reserved.reason === 'quota') return { kind: 'spent' }
    const waitMs = reserved.waitMs + ((ctx.ports.random(1)[0] ?? 0) % JITTER_MS)
    waited += waitMs
    if (waited > WAIT_MS) return { kind: 'later', afterMs: reserved.waitMs }
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
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
