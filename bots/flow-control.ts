import { LANES, type OutboxRow } from '../api/db/outbox.ts'

/** Chats of a channel that are written to at once; each holds at most one message. */
export const LINES = 24
/** Claimed ahead: at least, while little goes out (what comes later may be more urgent), and at most. */
const AHEAD_LEAST = 8
const AHEAD_MOST = 96
/** Messages whose end is not yet in the database; a process that dies sends them again, marked. */
const UNSETTLED_MOST = 96

/** A message was sent or not; `settled` is when that is in the database. */
export type Delivered = { settled: Promise<void> }

export type Flow = {
  claim: (limit: number) => Promise<OutboxRow[]>
  deliver: (row: OutboxRow) => Promise<Delivered>
  /** Messages that are taken at most. */
  limit: number
  /** While calls are under way and nothing more was due: asks again after so long. Absent: only once one is done. */
  lookAgainMs?: number
  /** True: takes no more, and ends what was taken. */
  isStopping?: () => boolean
  /** Given what to call once more may be due. */
  onWake?: (heard: () => void) => void
}

/**
 * Keeps the lines of one channel full: claims the next messages before the last ones are out, the more the faster they
 * go, and lets a line go on while the end of its message is still being written. Ends when nothing is due and all that
 * was taken is settled; returns how many were taken. After a failure nothing more is taken, and it throws at the end.
 */
export async function keepFlowing(flow: Flow): Promise<number> {
  const { claim, deliver, limit, lookAgainMs, isStopping = () => false } = flow
  const change = createSignal()
  const waiting: OutboxRow[] = []
  const failures: unknown[] = []
  const busy = { lines: 0, settling: 0, claims: 0 }
  let taken = 0
  let doneSinceClaim = 0
  let isDry = false

  const track = (what: keyof typeof busy, work: Promise<void>) => {
    busy[what] += 1
    const end = () => {
      busy[what] -= 1
      change.fire()
    }
    work.catch((error: unknown) => failures.push(error)).then(end)
  }
  const refill = async (room: number) => {
    doneSinceClaim = 0
    const rows = await claim(room)
    taken += rows.length
    // What was done while it looked may have made way.
    isDry = rows.length === 0 && doneSinceClaim === 0
    waiting.push(...rows)
    waiting.sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane))
  }
  const send = async (row: OutboxRow) => {
    const { settled } = await deliver(row)
    track('settling', settled.then(made))
  }
  /** A message that is done may make way for the next one of its chat. */
  const made = () => {
    doneSinceClaim += 1
    isDry = false
  }
  flow.onWake?.(() => {
    isDry = false
    change.fire()
  })
  for (;;) {
    while (busy.lines < LINES && waiting.length > 0 && busy.settling < UNSETTLED_MOST) {
      const row = waiting.shift()
      if (row !== undefined) track('lines', send(row))
    }
    const ahead = Math.min(AHEAD_MOST, Math.max(AHEAD_LEAST, doneSinceClaim * 2))
    const mayTake = busy.claims === 0 && !isDry && failures.length === 0 && !isStopping()
    const room = Math.min(LINES - busy.lines + ahead - waiting.length, limit - taken)
    if (mayTake && waiting.length < ahead / 2 && room > 0) track('claims', refill(room))
    if (busy.lines + busy.settling + busy.claims + waiting.length === 0) break
    if (await change.fired(isDry ? lookAgainMs : undefined)) isDry = false
  }
  if (failures.length > 0) throw failures[0]
  return taken
}

/** One waits for the next `fire`, or (true) for the time to be over. */
function createSignal() {
  let wake = (_isLate: boolean) => {}
  return {
    fire: () => wake(false),
    fired: (withinMs: number | undefined) =>
      new Promise<boolean>((resolve) => {
        const timer = withinMs === undefined ? undefined : setTimeout(() => resolve(true), withinMs)
        wake = (isLate) => {
          clearTimeout(timer)
          resolve(isLate)
        }
      }),
  }
}
