import { addDays, isLocalDate, type LocalDate, weekday } from '../../../core/time.ts'
import { CALENDAR_DAYS, type CalendarDayKind } from '../data/calendar.ts'

type CalendarEntry = {
  kind: CalendarDayKind
  confirmed: boolean
  nameVi: string
  nameEn: string
}

/** Days that differ from a plain Monday-to-Friday week; a year is known when its New Year's Day is among them. */
export type Calendar = {
  days: ReadonlyMap<LocalDate, CalendarEntry>
  knownYears: ReadonlySet<string>
}

export function calendarOf(rows: readonly ({ date: LocalDate } & CalendarEntry)[]): Calendar {
  return {
    days: new Map(rows.map(({ date, ...entry }) => [date, entry])),
    knownYears: new Set(
      rows.filter(({ date }) => date.endsWith('-01-01')).map(({ date }) => date.slice(0, 4)),
    ),
  }
}

/** The calendar that ships with the code; an installation's own is `loadCalendar(db)`. */
export const SHIPPED_CALENDAR = calendarOf(CALENDAR_DAYS)

const isWeekend = (date: LocalDate) => weekday(date) === 0 || weekday(date) === 6

export function isWorkingDay(date: LocalDate, calendar: Calendar): boolean {
  const kind = calendar.days.get(date)?.kind
  if (kind === 'swap_work') return true
  return kind === undefined && !isWeekend(date)
}

/** Whether the answer for a day may still change: year not in the calendar, or a day off not yet announced. */
const isEstimate = (date: LocalDate, calendar: Calendar): boolean =>
  !calendar.knownYears.has(date.slice(0, 4)) ||
  (calendar.days.get(date)?.confirmed === false && !isWeekend(date))

/** Longest count of days that is walked; a deadline of four years is a slip. */
const MAX_DAYS = 1_000

export type DueDate = { date: LocalDate; isEstimated: boolean }

export type SkippedDay = {
  date: LocalDate
  why: 'weekend' | Exclude<CalendarDayKind, 'swap_work'>
  name?: { vi: string; en: string }
}

/** A due date with how it came about: each day after the first is counted, unless it was skipped. */
export type DueCount = DueDate & { skipped: SkippedDay[]; worked: LocalDate[] }

function skippedDay(date: LocalDate, calendar: Calendar): SkippedDay {
  const entry = calendar.days.get(date)
  if (entry === undefined || entry.kind === 'swap_work') return { date, why: 'weekend' }
  return { date, why: entry.kind, name: { vi: entry.nameVi, en: entry.nameEn } }
}

/**
 * The day on which `n` working days end; the first day is not counted (Civil Code 2015 art. 147). With 0 it is the day
 * itself or, when that is off, the next working day. `isEstimated`: a day on the way is outside the known calendar or
 * not yet announced, so the date may still move. Throws RangeError on a bad date or count.
 */
export function workingDaysAfter(date: LocalDate, n: number, calendar: Calendar): DueDate {
  const { date: due, isEstimated } = countWorkingDays(date, n, calendar)
  return { date: due, isEstimated }
}

/** As `workingDaysAfter`, with the days that were skipped on the way and the weekend days that are worked. */
export function countWorkingDays(date: LocalDate, n: number, calendar: Calendar): DueCount {
  if (!isLocalDate(date) || !Number.isInteger(n) || n < 0 || n > MAX_DAYS) {
    throw new RangeError(`${n} working days after ${date}`)
  }
  let at = date
  let left = n
  let isEstimated = n === 0 && isEstimate(at, calendar)
  const skipped: SkippedDay[] = []
  const worked: LocalDate[] = []
  while (left > 0 || !isWorkingDay(at, calendar)) {
    at = addDays(at, 1)
    isEstimated ||= isEstimate(at, calendar)
    if (!isWorkingDay(at, calendar)) skipped.push(skippedDay(at, calendar))
    else if (left > 0) left -= 1
    if (calendar.days.get(at)?.kind === 'swap_work') worked.push(at)
  }
  return { date: at, isEstimated, skipped, worked }
}

/**
 * Working days after `from` up to and including `to`: what is left on `from` of a term that ends on `to`. Negative when
 * `to` is past (a term that ended `-n` working days ago). Throws RangeError on a bad date or more than 4,000 days.
 */
export function workingDaysBetween(
  from: LocalDate,
  to: LocalDate,
  calendar: Calendar,
): { days: number; isEstimated: boolean } {
  if (!isLocalDate(from) || !isLocalDate(to)) throw new RangeError(`${from} to ${to}`)
  const [early, late] = from <= to ? [from, to] : [to, from]
  let days = 0
  let isEstimated = false
  let steps = 0
  for (let at = early; at < late; ) {
    at = addDays(at, 1)
    if (++steps > 4_000) throw new RangeError(`${from} to ${to}`)
    isEstimated ||= isEstimate(at, calendar)
    if (isWorkingDay(at, calendar)) days += 1
  }
  return { days: from <= to || days === 0 ? days : -days, isEstimated }
}
