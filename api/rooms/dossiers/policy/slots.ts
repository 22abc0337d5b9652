import { addDays, type LocalDate, localInstant, weekday } from '../../../core/time.ts'
import type { Calendar } from '../../areas/index.ts'

/** Opening times by weekday "0" (Sunday) to "6", as an office keeps them. */
export type Hours = Readonly<Record<string, readonly (readonly [string, string])[] | undefined>>

/** How a desk takes people: how long one is talked to, and how many at once. */
export type DeskRule = { hours: Hours; slotMinutes: number; seats: number }

export type Slot = {
  startAt: Date
  endAt: Date
  /** Number in the day's queue of the first seat; the others follow, so numbers go by the hour. */
  firstNumber: number
}

/** A weekday whose hours hold on a Saturday or Sunday that is worked instead of another day. */
const ORDINARY_DAY = '1'
const MINUTE_MS = 60_000

/** Opening times of one day: those of its weekday, none on a day off, an ordinary day's where a weekend day is worked. */
function openings(day: LocalDate, hours: Hours, calendar: Calendar) {
  const kind = calendar.days.get(day)?.kind
  const own = hours[String(weekday(day))] ?? []
  if (kind === undefined) return own
  if (kind !== 'swap_work') return []
  return own.length > 0 ? own : (hours[ORDINARY_DAY] ?? [])
}

/** The slots of one day in order; each lies wholly within one opening. */
export function slotsOf(day: LocalDate, desk: DeskRule, calendar: Calendar): Slot[] {
  const lengthMs = desk.slotMinutes * MINUTE_MS
  const starts = openings(day, desk.hours, calendar)
    .map(
      ([from, to]) => [localInstant(day, from).getTime(), localInstant(day, to).getTime()] as const,
    )
    .sort(([a], [b]) => a - b)
    .flatMap(([from, to]) =>
      Array.from(
        { length: Math.max(0, Math.floor((to - from) / lengthMs)) },
        (_, i) => from + i * lengthMs,
      ),
    )
  return starts.map((start, i) => ({
    startAt: new Date(start),
    endAt: new Date(start + lengthMs),
    firstNumber: i * desk.seats + 1,
  }))
}

/** A booked time and its seat, of one day. */
export type Taken = { slotAt: string; seat: number; queueNumber: number }

const startsIn = ({ slotAt }: Taken, { startAt, endAt }: Slot): boolean =>
  new Date(slotAt) >= startAt && new Date(slotAt) < endAt

/** Seats left in a slot. What was booked under another slot length counts where it begins. */
export const freeSeats = (slot: Slot, seats: number, taken: readonly Taken[]): number =>
  Math.max(0, seats - taken.filter((one) => startsIn(one, slot)).length)

/**
 * The seat and queue number for one more in a slot; undefined when it is full. A number that is given already (the rule
 * of the desk was changed meanwhile) is followed by the day's next one.
 */
export function seatFor(
  slot: Slot,
  seats: number,
  taken: readonly Taken[],
): { seat: number; queueNumber: number } | undefined {
  if (freeSeats(slot, seats, taken) === 0) return undefined
  const start = slot.startAt.getTime()
  const used = new Set(taken.filter((t) => Date.parse(t.slotAt) === start).map((t) => t.seat))
  let seat = 1
  while (used.has(seat)) seat += 1
  const numbers = new Set(taken.map(({ queueNumber }) => queueNumber))
  const wanted = slot.firstNumber + seat - 1
  const queueNumber = numbers.has(wanted) ? Math.max(wanted, ...numbers) + 1 : wanted
  return { seat, queueNumber }
}

/** Days on which people may book, today first. */
export const bookableDays = (today: LocalDate, daysAhead: number): LocalDate[] =>
  Array.from({ length: daysAhead + 1 }, (_, i) => addDays(today, i))
