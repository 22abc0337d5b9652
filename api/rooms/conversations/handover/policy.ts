import { addDays, type LocalDate, localDate, localInstant, weekday } from '../../../core/time.ts'

/** Opening hours by weekday 0..6 (0 = Sunday), as offices keep them. */
export type Hours = Record<string, readonly (readonly [string, string])[]>

/** Where no office of the unit says when it is open: the usual hours of a commune. */
const USUAL: readonly (readonly [string, string])[] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
]
const WORKDAYS = [1, 2, 3, 4, 5]
export const USUAL_HOURS: Hours = Object.fromEntries(WORKDAYS.map((day) => [day, USUAL]))

/** Longest gap between two openings that is looked through: Tết and what lies around it. */
const LOOK_DAYS = 21

export type Office = { isOpen: boolean; opensAt: Date | null }

/** Whether somebody is there now, and if not, when next; `isWorkingDay` knows holidays. */
export function officeAt(
  now: Date,
  hours: Hours,
  isWorkingDay: (day: LocalDate) => boolean,
): Office {
  const today = localDate(now)
  for (let n = 0; n <= LOOK_DAYS; n++) {
    const day = addDays(today, n)
    if (!isWorkingDay(day)) continue
    for (const [from, to] of hours[weekday(day)] ?? []) {
      const opens = localInstant(day, from)
      if (opens <= now && now < localInstant(day, to)) return { isOpen: true, opensAt: null }
      if (opens > now) return { isOpen: false, opensAt: opens }
    }
  }
  return { isOpen: false, opensAt: null }
}

const MINUTE_MS = 60_000
/** So long a person waits for a first answer while the office is open. */
const FIRST_ANSWER_MINUTES = 30
/** An official who has answered may look something up before the bot comes back. */
const NEXT_ANSWER_MINUTES = 120

/** When the bot comes back if nobody answers. */
export const firstAnswerBy = (now: Date, { isOpen, opensAt }: Office): Date =>
  new Date(
    (isOpen || opensAt === null ? now : opensAt).getTime() + FIRST_ANSWER_MINUTES * MINUTE_MS,
  )

export const nextAnswerBy = (now: Date): Date =>
  new Date(now.getTime() + NEXT_ANSWER_MINUTES * MINUTE_MS)
