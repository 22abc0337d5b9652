import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import { isUuid } from '../../core/ids.ts'
import { inTransaction } from '../../db/transaction.ts'
import { requireCan } from '../identity/index.ts'
import { endHandover } from './handover/service.ts'
import { pauseChat } from './service.ts'
import { findConversation, listPaused } from './store.ts'

const MOST = 100
/** Enough of a chat's address to find it again in Zalo's own console. */
const TAIL = 4

export type TakenOver = { id: string; channel: string; tail: string; until: string; lastAt: string }

/** Chats in which the bot is silent because an official writes by hand; nothing of what was said. */
export async function listTakenOver(ctx: Ctx): Promise<TakenOver[]> {
  requireCan(ctx, 'conversations.hand_back')
  const rows = await listPaused(ctx.db, ctx.now(), MOST)
  return rows.map(({ id, channel, chatKey, pausedUntil, updatedAt }) => ({
    id,
    channel,
    tail: chatKey.slice(-TAIL),
    until: pausedUntil ?? '',
    lastAt: updatedAt,
  }))
}

/** Lets the bot speak again in a chat; again changes nothing. Throws `http.not_found`. */
export async function handBack(ctx: Ctx, id: string): Promise<void> {
  requireCan(ctx, 'conversations.hand_back')
  const row = isUuid(id) ? await findConversation(ctx.db, id) : undefined
  if (row === undefined) throw new AppError('http.not_found')
  const { id: conversationId, channel, chatKey } = row
  await inTransaction(ctx, async (tx) => {
    await pauseChat(tx, { channel, chatKey, until: null })
    await endHandover(tx, conversationId, 'handed_back')
  })
}
