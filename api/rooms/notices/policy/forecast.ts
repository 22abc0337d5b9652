/** Recipients of one channel, and how many calls a second it allows (null: no limit). */
export type Load = { channel: string; recipients: number; perSecond: number | null }

/** Without a limit of its own a channel takes about as many as the sender makes. */
const UNLIMITED_PER_SECOND = 200

export type Times = { firstAt: Date; halfAt: Date; lastAt: Date }

/** Recipients that have it after so many seconds, all channels side by side. */
const reachedAfter = (loads: readonly Load[], seconds: number): number =>
  loads.reduce(
    (sum, { recipients, perSecond }) =>
      sum + Math.min(recipients, seconds * (perSecond ?? UNLIMITED_PER_SECOND)),
    0,
  )

/**
 * When the first, the half and the last of the people with a chat have it, if every channel runs at the rate it allows.
 * Undefined without anybody.
 */
export function forecast(loads: readonly Load[], startsAt: Date): Times | undefined {
  const total = loads.reduce((sum, { recipients }) => sum + recipients, 0)
  if (total === 0) return undefined
  const secondsOf = ({ recipients, perSecond }: Load) =>
    recipients / (perSecond ?? UNLIMITED_PER_SECOND)
  const last = Math.max(...loads.map(secondsOf))
  const at = (seconds: number) => new Date(startsAt.getTime() + Math.ceil(seconds) * 1_000)
  return { firstAt: startsAt, halfAt: at(secondsUntil(loads, total / 2, last)), lastAt: at(last) }
}

/** Within a second: the count only grows with time. */
function secondsUntil(loads: readonly Load[], wanted: number, last: number): number {
  let [low, high] = [0, last]
  while (high - low > 0.5) {
    const middle = (low + high) / 2
    if (reachedAfter(loads, middle) >= wanted) high = middle
    else low = middle
  }
  return high
}

/** Seconds that are left at a speed; null while nothing moves. */
export const secondsLeft = (open: number, perSecond: number): number | null =>
  open === 0 ? 0 : perSecond > 0 ? Math.ceil(open / perSecond) : null
