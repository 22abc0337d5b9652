import { addDays, type LocalDate, localDate, localInstant, weekday } from '../../../core/time.ts'

/**
 * How a one-stop desk counts days, as data: a dossier keeps the version that it was accepted under, so a later calendar
 * does not move its term.
 */
export type WorkRule = {
  /** Weekdays that are worked, 0 = Sunday. */
  weekdays: readonly number[]
  /** Received from this time on counts as the next working day; null: no such rule. */
  cutOff: string | null
  /** Days that differ from the week: worked or off. */
  days: Readonly<Record<LocalDate, 'off' | 'work'>>
}

/** Monday to Friday, no cut-off: what the Civil Code and the working week give where no local rule is known. */
export const PLAIN_WEEK = { weekdays: [1, 2, 3, 4, 5], cutOff: null } as const

/** Longest term that is walked, in calendar days. */
const MAX_WALK = 4_000

export const isWorked = (date: LocalDate, rule: WorkRule): boolean => {
  const special = rule.days[date]
  return special === undefined ? rule.weekdays.includes(weekday(date)) : special === 'work'
}

/** The last instant of a local day: an appointed day without an hour ends with it. */
export const endOfDay = (date: LocalDate): Date =>
  new Date(localInstant(addDays(date, 1), '00:00').getTime() - 1)

/**
 * The day on which a term of `workingDays` ends. The first day is not counted (Civil Code 2015 art. 147); after the
 * cut-off the next working day is the first. Throws RangeError on a rule without working days.
 */
export function dueDate(receivedAt: Date, workingDays: number, rule: WorkRule): LocalDate {
  let at = localDate(receivedAt)
  if (rule.cutOff !== null && receivedAt >= localInstant(at, rule.cutOff)) at = nextWorked(at, rule)
  for (let left = workingDays; left > 0; left--) at = nextWorked(at, rule)
  return isWorked(at, rule) ? at : nextWorked(at, rule)
}

function nextWorked(date: LocalDate, rule: WorkRule): LocalDate {
  let at = date
  for (let steps = 0; steps < MAX_WALK; steps++) {
    at = addDays(at, 1)
    if (isWorked(at, rule)) return at
  }
  throw new RangeError('a rule without working days')
}

export type TimeLeft =
  | { kind: 'left'; workingDays: number }
  | { kind: 'today' }
  | { kind: 'late'; workingDays: number }

/** Working days from `today` to the appointed day; late by at least one once that day is past. */
export function timeLeft(today: LocalDate, due: LocalDate, rule: WorkRule): TimeLeft {
  if (today === due) return { kind: 'today' }
  const [early, late] = today < due ? [today, due] : [due, today]
  let workingDays = 0
  let at = early
  for (let steps = 0; at < late && steps < MAX_WALK; steps++) {
    at = addDays(at, 1)
    if (isWorked(at, rule)) workingDays += 1
  }
  return today < due
    ? { kind: 'left', workingDays }
    : { kind: 'late', workingDays: Math.max(1, workingDays) }
}
