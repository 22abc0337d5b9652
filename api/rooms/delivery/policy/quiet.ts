import { localDate, startOfLocalDay } from '../../../core/time.ts'

/** Minutes of the local day, 0..1439; `from` later than `to` spans midnight, equal ones are no quiet hours. */
export type QuietHours = { from: number; to: number }

/** 21:30 to 06:00. */
export const DEFAULT_QUIET: QuietHours = { from: 21 * 60 + 30, to: 6 * 60 }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Milliseconds since local midnight. */
export const msOfDay = (now: Date): number =>
  now.getTime() - startOfLocalDay(localDate(now)).getTime()

/** Milliseconds until quiet hours are over; 0 outside them. The first minute is quiet, the last one is not. */
export function quietLeftMs({ from, to }: QuietHours, now: Date): number {
  const at = msOfDay(now)
  const [begin, end] = [from * MINUTE_MS, to * MINUTE_MS]
  const isQuiet = begin <= end ? begin <= at && at < end : at >= begin || at < end
  return isQuiet ? (end - at + DAY_MS) % DAY_MS : 0
}

/** When a message may make a phone ring: at once for danger to life and where nothing rings, else after quiet hours. */
export const ringAt = (quiet: QuietHours, now: Date, isFree: boolean): Date =>
  isFree ? now : new Date(now.getTime() + quietLeftMs(quiet, now))

/** `HH:MM` ↔ minutes of the day. */
export const toMinutes = (hhmm: string): number =>
  Number(hhmm.slice(0, 2)) * 60 + Number(hhmm.slice(3, 5))

export const toHhmm = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
