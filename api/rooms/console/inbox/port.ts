import type { Actor, Ctx } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { WorkCursor } from '../policy.ts'
import type { InboxItem, InboxSourceName, WorkFilter } from '../schema.ts'

export type SourceQuery = {
  filter: WorkFilter
  /** Only what stands after this place in the order of `compareWork`. */
  after: WorkCursor | undefined
  limit: number
  today: LocalDate
}

/**
 * One kind of thing that may wait for an official. A room adds its own here: what it lists stands between the others by
 * urgency, due day and age.
 */
export type InboxSource = {
  name: InboxSourceName
  /** Whether this official can have any at all. */
  isFor: (actor: Actor) => boolean
  /** At most `limit`, in the order of `compareWork`. */
  list: (ctx: Ctx, query: SourceQuery) => Promise<InboxItem[]>
}
