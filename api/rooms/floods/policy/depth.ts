import type { Mark } from '../schema.ts'

/**
 * How high on a grown person's body, for adults of the plain: ankle 10, knee 50, waist 100, chest 120 cm stand for the
 * marks as reports read them in words; a depth takes the lowest mark that it does not pass.
 */
const UP_TO_CM: readonly (readonly [Mark, number])[] = [
  ['dry', 2],
  ['ankle', 20],
  ['knee', 60],
  ['waist', 105],
  ['chest', 135],
  ['head', Number.POSITIVE_INFINITY],
]

/** The figure that a pressed mark stands for. */
export const CM_OF_MARK: Readonly<Record<Mark, number>> = {
  dry: 0,
  ankle: 10,
  knee: 50,
  waist: 100,
  chest: 120,
  head: 165,
}

export const markOf = (cm: number): Mark => UP_TO_CM.find(([, upTo]) => cm <= upTo)?.[0] ?? 'head'

export type Said = { depthCm: number; at: Date }
export type Spread = {
  reports: number
  medianCm: number
  lowCm: number
  highCm: number
  lastAt: Date
}

/** Residents' reports older than this say nothing of now. */
export const FRESH_MS = 3 * 3_600_000
/** An official figure older than this is shown with its time, as one that was. */
export const OFFICIAL_FRESH_MS = 6 * 3_600_000

/** The value with `share` of a sorted list below it, by nearest rank. */
const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0

/**
 * Number and spread of what was said since three hours ago: the median, and the tenth and ninetieth percentile, so that
 * one wild figure among many moves nothing. Undefined when nobody said anything.
 */
export function spreadOf(said: readonly Said[], now: Date): Spread | undefined {
  const fresh = said.filter(({ at }) => at <= now && now.getTime() - at.getTime() <= FRESH_MS)
  if (fresh.length === 0) return undefined
  const sorted = fresh.map(({ depthCm }) => depthCm).sort((a, b) => a - b)
  return {
    reports: fresh.length,
    medianCm: rank(sorted, 0.5),
    lowCm: rank(sorted, 0.1),
    highCm: rank(sorted, 0.9),
    lastAt: new Date(Math.max(...fresh.map(({ at }) => at.getTime()))),
  }
}

type Facts = {
  road: 'open' | 'hard' | 'closed'
  official: { cm: number; isOld: boolean } | null
  residents: { medianCm: number } | null
}

/** Whether a point is told as being under water now. */
export const isFlooded = ({ road, official, residents }: Facts): boolean =>
  road === 'closed' ||
  (official !== null && !official.isOld && markOf(official.cm) !== 'dry') ||
  (residents !== null && markOf(residents.medianCm) !== 'dry')
