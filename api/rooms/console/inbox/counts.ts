import type { Counts } from '../schema.ts'

/** Counts that were taken at one place of the event log are right until the log goes on. */
export type CountKeeper = (key: string, count: () => Promise<Counts>) => Promise<Counts>

/** Each reach has one entry; a city has some hundreds of desks. */
const MOST = 500

/** Takes each count anew: for callers without a process of their own. */
export const countAnew: CountKeeper = (_key, count) => count()

/**
 * Keeps the last counts of each reach, so that a hundred consoles that read the same list after one event count once,
 * also when they all ask at the same moment. The key names reach and place in the log; what changes a case is an event,
 * in the same transaction. Counts that failed are taken anew.
 */
export function createCountKeeper(): CountKeeper {
  const kept = new Map<string, Promise<Counts>>()
  return (key, count) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    if (kept.size >= MOST) for (const old of [...kept.keys()].slice(0, MOST / 2)) kept.delete(old)
    const counts = count()
    kept.set(key, counts)
    counts.catch(() => kept.delete(key))
    return counts
  }
}
