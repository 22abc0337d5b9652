/** The only file that knows the local time zone. Viet Nam is UTC+7 all year (no daylight saving). */
const OFFSET_MS = 7 * 3_600_000
export const TIME_ZONE = 'Asia/Ho_Chi_Minh'
const DAY_MS = 86_400_000

/** Calendar day in Viet Nam, `YYYY-MM-DD`. */
export type LocalDate = string

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isLocalDate(value: string): value is LocalDate {
  if (!LOCAL_DATE.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value
}

/** The day in Viet Nam on which `instant` falls. */
export const localDate = (instant: Date): LocalDate =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10)

/** The instant at which `date` begins in Viet Nam (17:00Z of the day before). */
export const startOfLocalDay = (date: LocalDate): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) - OFFSET_MS)

/** The instant of `HH:MM` on `date` in Viet Nam. */
export const localInstant = (date: LocalDate, hhmm: string): Date =>
  new Date(Date.parse(`${date}T${hhmm}:00Z`) - OFFSET_MS)

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** 0 = Sunday … 6 = Saturday. */
export const weekday = (date: LocalDate): number => new Date(`${date}T00:00:00Z`).getUTCDay()

const parts = (instant: Date) => {
  const local = new Date(instant.getTime() + OFFSET_MS).toISOString()
  return {
    time: local.slice(11, 16),
    day: local.slice(8, 10),
    month: local.slice(5, 7),
    year: local.slice(0, 4),
  }
}

/** `23/11/2026` in both languages (day first, as in Viet Nam). */
export function formatDate(value: Date | LocalDate): string {
  const instant = typeof value === 'string' ? startOfLocalDay(value) : value
  const p = parts(instant)
  return `${p.day}/${p.month}/${p.year}`
}

/** `22:30 23/11/2026`. */
export function formatDateTime(instant: Date): string {
  const p = parts(instant)
  return `${p.time} ${p.day}/${p.month}/${p.year}`
}

/** `2026-11-23T22:30:00+07:00`: seconds, numeric offset, never `Z` (the form that CAP 1.2 wants). */
export function formatOffsetDateTime(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+07:00`
}
