import { addDays, type LocalDate, localDate, localInstant } from '../../../core/time.ts'
import { type TimeMention, understand } from '../../../understanding/index.ts'
import type { CategoryId } from '../schema.ts'

/** What a report says besides its story, as officials see it. */
export type Said = {
  /** Water, about; of reports about water alone: "sâu 40 phân" of a hole is no flood. */
  depthCm: number | null
  /** Since when, in their own words, and the day in Viet Nam that those mean. */
  timeWords: string | null
  beganOn: LocalDate | null
}

const OF_WATER: ReadonlySet<CategoryId> = new Set(['flood', 'drainage'])
const MINUTE_MS = 60_000
const MAX_WORDS = 120

type Report = { description: string; category: CategoryId; depthCm?: number | undefined }

/** Reads depth (where it was not given) and time in the words of a report that came at `now`; pure, never throws. */
export function saidIn({ description, category, depthCm }: Report, now: Date): Said {
  const { depth, times = [] } = understand(description).entities
  const past = times.filter((time) => isPast(time, now))
  const days = past.map((time) => dayOf(time, now)).filter((day) => day !== undefined)
  const timeWords = past.map(({ text }) => text).join(', ')
  return {
    depthCm: OF_WATER.has(category) ? (depthCm ?? depth?.depthCm ?? null) : null,
    timeWords: timeWords === '' ? null : timeWords.slice(0, MAX_WORDS),
    beganOn: days[0] ?? null,
  }
}

function isPast(time: TimeMention, now: Date): boolean {
  if (time.dayOffset !== undefined) return time.dayOffset <= 0
  if (time.date !== undefined) return (dayOf(time, now) ?? '') <= localDate(now)
  return time.minutesAgo !== undefined || time.hour !== undefined
}

/** The day of a mention; undefined where none is certain. A date without its year is the last that has been. */
function dayOf(time: TimeMention, now: Date): LocalDate | undefined {
  const { dayOffset, date, minutesAgo, hour } = time
  const today = localDate(now)
  if (dayOffset !== undefined) return addDays(today, dayOffset)
  if (minutesAgo !== undefined) return localDate(new Date(now.getTime() - minutesAgo * MINUTE_MS))
  if (date === undefined)
    return hour !== undefined && isBefore(time, today, now) ? today : undefined
  const year = date.year ?? Number(today.slice(0, 4))
  const day = dateOf(year, date.month, date.day)
  return date.year === undefined && day > today ? dateOf(year - 1, date.month, date.day) : day
}

const two = (n: number): string => `${n}`.padStart(2, '0')

/** "7h" heard at eight is today's; "20h" heard then may be yesterday's or a plan. */
const isBefore = ({ hour = 0, minute = 0 }: TimeMention, today: LocalDate, now: Date): boolean =>
  localInstant(today, `${two(hour)}:${two(minute)}`) <= now

const dateOf = (year: number, month: number, day: number): LocalDate =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
