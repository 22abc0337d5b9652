/** How often a job runs: each so many minutes (a divisor of 60), or once a day at a local time `HH:MM`. */
export type Cadence = { everyMinutes: number } | { dailyAt: string }

/** Viet Nam has one zone and no summer time. */
export { TIME_ZONE } from '../core/time.ts'

const OFFSET_MINUTES = 7 * 60
const DAY_MINUTES = 24 * 60

/** The cadence as a cron line in local time. */
export function toCron(cadence: Cadence): string {
  if ('dailyAt' in cadence) {
    const { hour, minute } = readTime(cadence.dailyAt)
    return `${minute} ${hour} * * *`
  }
  return cadence.everyMinutes === 60 ? '7 * * * *' : `*/${cadence.everyMinutes} * * * *`
}

/** Whether a job of this cadence is due in the minute of `at`; for hosts that are only woken once a minute. */
export function isDue(cadence: Cadence, at: Date): boolean {
  const local = (Math.floor(at.getTime() / 60_000) + OFFSET_MINUTES) % DAY_MINUTES
  if ('dailyAt' in cadence) {
    const { hour, minute } = readTime(cadence.dailyAt)
    return local === hour * 60 + minute
  }
  const phase = cadence.everyMinutes === 60 ? 7 : 0
  return local % cadence.everyMinutes === phase
}

function readTime(time: string): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return { hour, minute }
}
