import { startOfLocalDay } from '../../../../api/core/time.ts'

const MINUTE_MS = 60_000

/** A day and a clock time of Viet Nam as an instant, whatever zone the browser is in; undefined when not yet typed. */
export function instantOf(day: string, clock: string): Date | undefined {
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || time === null) return undefined
  const midnight = startOfLocalDay(day as Parameters<typeof startOfLocalDay>[0])
  const minutes = Number(time[1]) * 60 + Number(time[2])
  return new Date(midnight.getTime() + minutes * MINUTE_MS)
}

/** An end that is not after its start belongs to the next day: nights on duty. */
export function endAfter(start: Date, end: Date): Date {
  const dayMs = 24 * 60 * MINUTE_MS
  return end > start ? end : new Date(end.getTime() + dayMs)
}
