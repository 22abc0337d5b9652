import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { listTakenOver } from '../../conversations/index.ts'
import { can, reachOf } from '../../identity/index.ts'
import { attentionReaches } from '../../incidents/index.ts'
import { compareWork, positionOf, turnsOf } from '../policy.ts'
import type { InboxChat, InboxItem, WorkItem } from '../schema.ts'
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

/** Chats in which an official writes by hand, so that the bot keeps silent: the person waits for whoever took over. */
const chats: InboxSource = {
  name: 'chat',
  isFor: (actor) => can(actor, 'conversations.hand_back'),
  list: async (ctx, { filter, after, limit }) => {
    if (!isChatWanted(filter)) return []
    const found = await listTakenOver(ctx)
    return found
      .map(
        (chat): InboxChat => ({
          ...chat,
          source: 'chat',
          urgency: 'normal',
          dueDate: localDate(new Date(chat.until)),
        }),
      )
      .filter((chat) => after === undefined || compareWork(positionOf(chat), after) > 0)
      .sort((a, b) => compareWork(positionOf(a), positionOf(b)))
      .slice(0, limit)
  },
}

/** A chat has neither category, nor place, nor words that are searched; a filter by those leaves it out. */
const isChatWanted = ({
  category,
  state,
  unitCode,
  agencyCode,
  due,
  q,
  urgency,
}: SourceQuery['filter']) =>
  [category, state, unitCode, agencyCode, due, q].every((part) => part === undefined) &&
  urgency !== 'urgent'

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
export const SOURCES: readonly InboxSource[] = [cases, notices, chats]
