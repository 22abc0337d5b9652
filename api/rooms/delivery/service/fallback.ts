import type { Ctx } from '../../../context.ts'
import type { Lane, OutboxRow } from '../../../db/outbox.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { markLinkGone } from '../../identity/index.ts'
import { WINDOWS } from '../policy/channel.ts'
import { isOwnStep, laneOf, outboxKey, parseOutboxKey } from '../policy/kinds.ts'
import type { Kind } from '../schema.ts'
import { addCounts, type RecipientState } from '../store/counts.ts'
import { moveRecipient } from '../store/dispatch.ts'
import { findUnfinishedGone, type InboxRow, lockInboxItem, setInboxOutbox } from '../store/inbox.ts'
import { saveWindowOver } from '../store/profiles.ts'
import { findWay, sendBy } from './deliver.ts'

export type Fallback =
  | { outcome: 'queued'; channel: string; outboxId: string }
  /** No other chat, too late, or the second way failed too: it stays in the inbox. */
  | { outcome: 'inbox' }
  /** Not a delivery (an answer in a chat), or handled before. */
  | { outcome: 'none' }

type Gone = Pick<OutboxRow, 'id' | 'channel' | 'chatKey' | 'dedupeKey' | 'message' | 'language'> & {
  lane: Lane
}

/**
 * After a channel said that a chat is gone for good (or, with `isLinkGone: false`, that its window is over): notes
 * that, and tries the person's next chat, once, as the same logical message. Again changes nothing. Call it when the
 * outcome has been settled; should the process die in between, `recoverFallbacks` does it later.
 */
export async function fallbackAfterGone(
  ctx: Ctx,
  row: Gone,
  options: { isLinkGone?: boolean } = {},
): Promise<Fallback> {
  const { channel, chatKey } = row
  return inTransaction(ctx, async (tx) => {
    if (options.isLinkGone ?? true) await markLinkGone(tx, { channel, chatKey })
    else await closeWindow(tx, { channel, chatKey })
    const key = parseOutboxKey(row.dedupeKey)
    const item = key === undefined ? undefined : await lockInboxItem(tx.db, key.inboxId)
    if (key === undefined || item === undefined || item.outboxId !== row.id)
      return { outcome: 'none' }
    const sent = key.isSecond ? undefined : await secondWay(tx, row, item)
    if (sent === undefined) {
      await setInboxOutbox(tx.db, item.id, null)
      await moveLedger(tx, item, { state: 'gone', outboxId: row.id })
      return { outcome: 'inbox' }
    }
    await moveLedger(tx, item, { state: 'queued', ...sent })
    return { outcome: 'queued', channel: sent.channel, outboxId: sent.outboxId }
  })
}

async function closeWindow(tx: Ctx, chat: { channel: string; chatKey: string }): Promise<void> {
  const longest = Math.max(...Object.values(WINDOWS).map(({ closesMs }) => closesMs))
  await saveWindowOver(tx.db, chat, new Date(tx.now().getTime() - longest - 1))
}

async function secondWay(tx: Ctx, row: Gone, item: InboxRow) {
  const { residentId, isLifeSafety } = item
  const now = tx.now()
  const expiresAt = item.expiresAt === null ? null : new Date(item.expiresAt)
  const except = { channel: row.channel, chatKey: row.chatKey }
  const mayPay = isLifeSafety || isOwnStep(item.kind as Kind)
  const way = await findWay(tx, { residentId, isLifeSafety, mayPay, except })
  if (way === undefined || (expiresAt !== null && way.runAt >= expiresAt)) return undefined
  const { link, runAt } = way
  const { channel, chatKey } = link
  const outboxId = await sendBy(tx, link, {
    inboxId: item.id,
    dedupeKey: outboxKey(item.id, true),
    lane: laneOf(row.lane, isLifeSafety, runAt > now),
    message: row.message,
    language: row.language,
    runAt,
    expiresAt,
  })
  return { channel, chatKey, outboxId }
}

async function moveLedger(
  tx: Ctx,
  { dispatchId, dedupeKey }: InboxRow,
  set: { state: RecipientState; outboxId: string; channel?: string; chatKey?: string },
): Promise<void> {
  if (dispatchId === null) return
  // The ledger keeps the id under which the person was planned, also after a join.
  const residentId = dedupeKey.slice(`dispatch:${dispatchId}:`.length)
  const before = await moveRecipient(tx.db, { dispatchId, residentId }, set)
  if (before === undefined) return
  const after = { ...before, state: set.state, channel: set.channel ?? before.channel }
  await addCounts(tx.db, dispatchId, [
    { ...before, n: -1 },
    { ...after, n: 1 },
  ])
}

const DAY_MS = 86_400_000
const BATCH = 100

/** Each minute: does the fallbacks that a dying process left undone in the last day; how many. */
export async function recoverFallbacks(ctx: Ctx): Promise<number> {
  const since = new Date(ctx.now().getTime() - DAY_MS)
  const rows = await findUnfinishedGone(ctx.db, since, BATCH)
  for (const row of rows) await fallbackAfterGone(ctx, row)
  return rows.length
}
