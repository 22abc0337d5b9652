import type { Ctx } from '../../../context.ts'
import { encodeEventCursor, findHead } from '../../../db/events.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireOfficial } from '../../identity/index.ts'
import { compareWork, encodeWorkCursor, positionOf } from '../policy.ts'
import { type Inbox, InboxQuery } from '../schema.ts'
import { readCounts, readWorkCursor } from '../service/list.ts'
import { type CountKeeper, countAnew } from './counts.ts'
import { SOURCES } from './sources.ts'

/**
 * What waits for this official out of all sources, urgent first, then by due day, then by age. `since` is the place in
 * the event log before the list was read: a live line from there misses nothing.
 */
export async function readInbox(
  ctx: Ctx,
  input: Partial<InboxQuery>,
  keep: CountKeeper = countAnew,
): Promise<Inbox> {
  const actor = requireOfficial(ctx)
  const { limit, cursor, source, ...filter } = parseInput(InboxQuery, input)
  const since = encodeEventCursor(await findHead(ctx.db))
  const { counts, today } = await readCounts(ctx, since, keep)
  const own = SOURCES.filter(({ isFor }) => isFor(actor))
  const wanted = own.filter(({ name }) => source === undefined || name === source)
  const after = cursor === undefined ? undefined : readWorkCursor(cursor)
  const query = { filter, after, limit: limit + 1, today }
  const lists = []
  for (const one of wanted) lists.push(await one.list(ctx, query))
  const found = lists.flat().sort((a, b) => compareWork(positionOf(a), positionOf(b)))
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return {
    items,
    counts,
    sources: own.map(({ name }) => name),
    since,
    ...(last === undefined ? {} : { nextCursor: encodeWorkCursor(positionOf(last)) }),
  }
}
