import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { decodeCursor, type Page, toPage } from '../../../core/paging.ts'
import { parseInput } from '../../../http/kit.ts'
import { findHamlet } from '../../areas/index.ts'
import { findCurrentResident, findResidentOfChat, requireSelf } from '../../identity/index.ts'
import { kindLabel, whyText } from '../messages.ts'
import { parseOutboxKey } from '../policy/kinds.ts'
import { type InboxItemView, InboxQuery, type Kind, type Why } from '../schema.ts'
import {
  countUnread,
  deleteOldInbox,
  findInbox,
  findInboxItem,
  findItemOfDispatch,
  findOutbox,
  type InboxListRow,
  setRead,
  takeUnsent,
} from '../store/inbox.ts'

async function wordWhy(ctx: Ctx, why: Why): Promise<string> {
  const { hamletId } = why
  const hamlet = hamletId === undefined ? undefined : await findHamlet(ctx.db, hamletId)
  return whyText(ctx.t, why, hamlet)
}

async function toView(ctx: Ctx, row: InboxListRow): Promise<InboxItemView> {
  const { id, kind, message, isLifeSafety, at, readAt, expiresAt } = row
  return {
    id,
    kind: kind as Kind,
    label: kindLabel(ctx.t, kind as Kind),
    parts: message.parts.map((part) =>
      part.kind === 'fields' ? { ...part, rows: [...part.rows] } : part,
    ),
    why: await wordWhy(ctx, row.why as Why),
    isLifeSafety,
    at,
    readAt,
    expiresAt,
    isExpired: expiresAt !== null && Date.parse(expiresAt) <= ctx.now().getTime(),
  }
}

/** A page of the own inbox, newest first. Items that are over stay readable and say so. */
export async function listInbox(
  ctx: Ctx,
  input: { residentId: string; limit?: number; cursor?: string | undefined },
): Promise<Page<InboxItemView>> {
  const { residentId } = input
  requireSelf(ctx, residentId)
  const { limit, cursor } = parseInput(InboxQuery, { limit: input.limit, cursor: input.cursor })
  const beforeId = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && beforeId === undefined)
    throw new AppError('http.invalid_input', { issues: [{ path: 'cursor', code: 'custom' }] })
  const rows = await findInbox(ctx.db, { residentId, beforeId, limit: limit + 1 })
  const { items, ...rest } = toPage(rows, limit)
  return { items: await Promise.all(items.map((row) => toView(ctx, row))), ...rest }
}

/** Unread items that still hold. */
export async function unreadCount(ctx: Ctx, input: { residentId: string }): Promise<number> {
  requireSelf(ctx, input.residentId)
  return countUnread(ctx.db, input.residentId, ctx.now())
}

/**
 * How many messages wait unread because no chat could carry them (a window was over, a chat was gone), each counted
 * once for ever: for a word about them when the person writes again. For a turn of their own chat.
 */
export async function takeUnsentCount(ctx: Ctx, input: { residentId: string }): Promise<number> {
  return takeUnsent(ctx.db, input.residentId, ctx.now())
}

/** Marks one item (or, without an id, all) as read; somebody else's changes nothing. How many were unread. */
export async function markRead(
  ctx: Ctx,
  input: { residentId: string; inboxId?: string },
): Promise<number> {
  requireSelf(ctx, input.residentId)
  return setRead(ctx.db, input.residentId, input.inboxId, ctx.now())
}

export type WhyAnswer = { text: string; why: Why | { by: 'reply' } }

/**
 * Why a person got a message, in their words, by its inbox item, the dispatch that it was part of, or the outbox row
 * that carried it (then an answer in a chat has a reason too). Only its receiver may ask; anything else is
 * `http.not_found`.
 */
export async function whyDidIGetThis(
  ctx: Ctx,
  input: { inboxId: string } | { dispatchId: string } | { outboxId: string },
): Promise<WhyAnswer> {
  const { actor } = ctx
  if (actor.kind === 'anonymous') throw new AppError('http.unauthenticated')
  const isMine = (residentId: string | undefined) =>
    actor.kind === 'system' || (actor.kind === 'resident' && actor.residentId === residentId)
  if ('outboxId' in input) {
    const row = await findOutbox(ctx.db, input.outboxId)
    if (row === undefined) throw new AppError('http.not_found')
    const key = parseOutboxKey(row.dedupeKey)
    if (key !== undefined) return whyDidIGetThis(ctx, { inboxId: key.inboxId })
    if (!isMine(await findResidentOfChat(ctx, row))) throw new AppError('http.not_found')
    return { text: ctx.t('delivery:why.reply'), why: { by: 'reply' } }
  }
  const item =
    'inboxId' in input
      ? await findInboxItem(ctx.db, input.inboxId)
      : actor.kind === 'resident'
        ? await findItemOfDispatch(ctx.db, input.dispatchId, actor.residentId)
        : undefined
  const owner = item === undefined ? undefined : await findCurrentResident(ctx, item.residentId)
  if (item === undefined || !isMine(owner?.id)) throw new AppError('http.not_found')
  const why = item.why as Why
  return { text: await wordWhy(ctx, why), why }
}

const KEPT_DAYS = 180
const DAY_MS = 86_400_000
const PURGE_BATCH = 5_000

/** Daily: forgets inbox items older than 180 days (the text of consent says so); how many. */
export async function purgeInbox(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now().getTime() - KEPT_DAYS * DAY_MS)
  let all = 0
  for (;;) {
    const n = await deleteOldInbox(ctx.db, before, PURGE_BATCH)
    all += n
    if (n < PURGE_BATCH) return all
  }
}
