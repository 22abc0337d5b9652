import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { listOpenWarnings, listWaitingAlerts } from '../../alerts/index.ts'
import { placeLabel } from '../../areas/index.ts'
import { listTakenOver, listWaiting } from '../../conversations/index.ts'
import { can, reachOf } from '../../identity/index.ts'
import { attentionReaches } from '../../incidents/index.ts'
import { listWaitingCalls } from '../../sos/index.ts'
import { compareWork, positionOf, turnsOf, type WorkCursor } from '../policy.ts'
import type { InboxAlert, InboxCall, InboxChat, InboxItem, WorkItem } from '../schema.ts'
import { toItems } from '../service/list.ts'
import { listWork } from '../store.ts'
import type { InboxSource, SourceQuery } from './port.ts'
import { findNotices, listNoticed } from './store.ts'

/** Cases whose next step is this official's, approvals and extensions among them. */
const cases: InboxSource = {
  name: 'case',
  isFor: (actor) => can(actor, 'incidents.read_desk'),
  list: async (ctx, query) => {
    const rows = await listWork(ctx.db, {
      ...query,
      reach: reachOf(ctx.actor, 'incidents.read_desk'),
      turns: turnsOf(ctx.actor),
    })
    return withNotices(ctx, 'case', await toItems(ctx, rows.slice(0, query.limit)))
  },
}

/** Cases that somebody else has to move, in which something happened that this official should know. */
const notices: InboxSource = {
  name: 'notice',
  isFor: (actor) => can(actor, 'incidents.read_desk'),
  list: async (ctx, query) => {
    const rows = await listNoticed(ctx.db, {
      ...query,
      reaches: attentionReaches(ctx.actor),
      turns: turnsOf(ctx.actor),
    })
    return withNotices(ctx, 'notice', await toItems(ctx, rows))
  },
}

/** Warnings that wait for a second person, and those that hold and nobody looks after, among what is urgent. */
const alerts: InboxSource = {
  name: 'alert',
  isFor: (actor) => can(actor, 'alerts.draft'),
  list: async (ctx, { filter, after, limit }) => {
    if (!isWithoutCase(filter) || filter.urgency === 'normal') return []
    const { unitCode } = filter
    const proposed = can(ctx.actor, 'alerts.issue') ? await listWaitingAlerts(ctx) : []
    const found = [...proposed, ...(await listOpenWarnings(ctx))]
      .filter((alert) => unitCode === undefined || alert.unitCode === unitCode)
      .map(
        ({ unitCode: unit, ...alert }): InboxAlert => ({
          ...alert,
          source: 'alert',
          urgency: 'urgent',
          dueDate: localDate(new Date(alert.since)),
          unitName: placeLabel(unit),
        }),
      )
    return pageOf(found, after, limit)
  },
}

/** Calls for rescue within reach, above everything else. */
const calls: InboxSource = {
  name: 'sos',
  isFor: (actor) => can(actor, 'sos.handle'),
  list: async (ctx, { filter, after, limit }) => {
    if (!isWithoutCase(filter)) return []
    const { unitCode } = filter
    const found = (await listWaitingCalls(ctx))
      .filter((call) => unitCode === undefined || call.unitCode === unitCode)
      .map(
        ({ unitCode: unit, ...call }): InboxCall => ({
          ...call,
          source: 'sos',
          urgency: 'sos',
          dueDate: localDate(new Date(call.createdAt)),
          unitName: placeLabel(unit),
        }),
      )
    return pageOf(found, after, limit)
  },
}

/** People who wait for a person or have this official, and chats in which somebody writes outside of Loa. */
const chats: InboxSource = {
  name: 'chat',
  isFor: (actor) => can(actor, 'conversations.answer'),
  list: async (ctx, { filter, after, limit }) => {
    const { urgency, unitCode } = filter
    if (!isWithoutCase(filter) || urgency === 'urgent' || unitCode !== undefined) return []
    const asked = await listWaiting(ctx)
    const known = new Set(asked.map((chat) => chat.id))
    const byHand = (await listTakenOver(ctx)).filter((chat) => !known.has(chat.id))
    const found = [
      ...asked
        .filter((chat) => chat.state === 'waiting' || chat.isMine)
        .map(({ id, channel, tail, state, answerBy, openedAt }) =>
          toChat({ id, channel, tail, until: answerBy, lastAt: openedAt }, state),
        ),
      ...byHand.map((chat) => toChat(chat, 'by_hand')),
    ]
    return pageOf(found, after, limit)
  },
}

const toChat = (
  chat: Pick<InboxChat, 'id' | 'channel' | 'tail' | 'until' | 'lastAt'>,
  state: InboxChat['state'],
): InboxChat => ({
  ...chat,
  state,
  source: 'chat',
  urgency: 'normal',
  dueDate: localDate(new Date(chat.until)),
})

/** What is listed whole, from a place on, in the order of work. */
const pageOf = <T extends InboxItem>(
  items: readonly T[],
  after: WorkCursor | undefined,
  limit: number,
): T[] =>
  items
    .filter((item) => after === undefined || compareWork(positionOf(item), after) > 0)
    .sort((a, b) => compareWork(positionOf(a), positionOf(b)))
    .slice(0, limit)

/** Calls and chats have no category, agency or words of a case; a filter by those leaves them out. */
const isWithoutCase = ({ category, state, agencyCode, due, q, bbox }: SourceQuery['filter']) =>
  [category, state, agencyCode, due, q, bbox].every((part) => part === undefined)

async function withNotices(
  ctx: Ctx,
  source: 'case' | 'notice',
  items: readonly WorkItem[],
): Promise<InboxItem[]> {
  const found = await findNotices(
    ctx.db,
    items.map((item) => item.id),
    attentionReaches(ctx.actor),
  )
  return items.map((item) => ({
    ...item,
    source,
    notices: found
      .filter((notice) => notice.incidentId === item.id)
      .map(({ id, kind, at }) => ({ id, kind, at })),
  }))
}

/** All that can wait; a room that has such things adds its source. */
export const SOURCES: readonly InboxSource[] = [calls, alerts, cases, notices, chats]
