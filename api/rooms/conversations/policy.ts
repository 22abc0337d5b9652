/**
 * Position of a web chat in its pushed messages. Ids grow, but a message with a smaller id may be committed a little
 * later, so a reader goes back `OVERLAP_MS` and skips what it has seen.
 */
export type PushCursor = { newestMs: number; seen: readonly string[] }

/** Longer than any transaction between making an id and its commit. */
const OVERLAP_MS = 60_000
const START: PushCursor = { newestMs: 0, seen: [] }

/** Milliseconds in a UUIDv7 (its first 48 bits). */
const idMs = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
/** The random end tells two ids apart. */
const mark = (id: string): string => id.slice(-12)

/** The smallest id that a reader with this cursor has to look at again. */
export function floorId({ newestMs }: PushCursor): string {
  const h = Math.max(0, newestMs - OVERLAP_MS)
    .toString(16)
    .padStart(12, '0')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-0000-0000-000000000000`
}

export const isSeen = (cursor: PushCursor, id: string): boolean => cursor.seen.includes(mark(id))

/** The cursor after these ids were handed out as well; marks that can no longer come again are dropped. */
export function advanceCursor(cursor: PushCursor, ids: readonly string[], all: readonly string[]) {
  const newestMs = Math.max(cursor.newestMs, ...ids.map(idMs))
  const floor = floorId({ newestMs, seen: [] })
  const seen = all.filter((id) => id >= floor).map(mark)
  return { newestMs, seen } satisfies PushCursor
}

export const encodePushCursor = ({ newestMs, seen }: PushCursor): string =>
  [newestMs.toString(36), ...seen].join('.')

/** A cursor that is not ours reads from the beginning. */
export function decodePushCursor(cursor: string | undefined): PushCursor {
  if (cursor === undefined || !/^[0-9a-z]{1,9}(\.[0-9a-f]{12})*$/.test(cursor)) return START
  const [newest = '0', ...seen] = cursor.split('.')
  return { newestMs: Number.parseInt(newest, 36), seen }
}

const LOOK_MS = 1_000
/** All waiting chats of a process together look into the database at most so often. */
const LOOKS_A_SECOND = 250

/** How long a waiting chat pauses between two looks: the more wait, the longer, so that waiting costs a bounded part. */
export const lookEveryMs = (waiting: number): number =>
  LOOK_MS * Math.max(1, Math.ceil(waiting / LOOKS_A_SECOND))
