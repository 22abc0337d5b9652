import type { Db, Log } from '../context.ts'
import { type DomainEvent, type EventCursor, findHead, readEvents } from '../db/events.ts'
import { errorFields } from './log.ts'

const POLL_MS = 500
const BATCH = 500

export type News<T> = { cursor: EventCursor; what: T }

/** Domain events as they come, read once for all who listen. */
export type EventFeed<T> = {
  /** Calls `listener` at each batch until the answered function is called. */
  listen: (listener: (news: News<T>) => void) => () => void
  /** How far the feed has read; a listener hears all that comes after it. */
  head: () => Promise<EventCursor>
}

type FeedDeps = {
  openDb: () => { db: Db; close: () => Promise<void> }
  background: (work: Promise<unknown>) => void
  log: Log
}

/** Reads the event log while anybody listens; `digest` makes of a batch, once, what listeners decide by. */
export function createFeed<T>(
  deps: FeedDeps,
  digest: (db: Db, events: readonly DomainEvent[]) => Promise<T>,
): EventFeed<T> {
  const listeners = new Set<(news: News<T>) => void>()
  let position: EventCursor | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const withDb = async <R>(work: (db: Db) => Promise<R>): Promise<R> => {
    const { db, close } = deps.openDb()
    try {
      return await work(db)
    } finally {
      deps.background(close())
    }
  }
  const poll = () =>
    withDb(async (db) => {
      position ??= await findHead(db)
      const events = await readEvents(db, position, BATCH)
      const last = events.at(-1)
      if (last === undefined) return
      const cursor = { xid: last.xid, seq: last.seq }
      const what = await digest(db, events)
      position = cursor
      for (const listener of listeners) listener({ cursor, what })
    })
  const again = () => {
    timer = setTimeout(() => {
      poll()
        .catch((error: unknown) => deps.log.warn('feed.failed', errorFields(error)))
        .finally(() => (listeners.size > 0 ? again() : rest()))
    }, POLL_MS)
  }
  /** Nobody listens: whoever comes next begins where the log is then. */
  const rest = () => {
    clearTimeout(timer)
    timer = undefined
    position = undefined
  }
  return {
    listen: (listener) => {
      listeners.add(listener)
      if (timer === undefined) again()
      return () => void listeners.delete(listener)
    },
    head: async () => {
      const found = position ?? (await withDb(findHead))
      position ??= found
      return position
    },
  }
}
