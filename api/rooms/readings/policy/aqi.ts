import { BANDS, BREAKPOINTS, type Column, INDEX_STEPS } from '../data/aqi-table.ts'

/** VN_AQI by Quyết định 1459/QĐ-TCMT; never the bands of another country. Concentrations are µg/m³. */
export const POLLUTANTS = ['o3', 'co', 'so2', 'no2', 'pm10', 'pm2_5'] as const
export type Pollutant = (typeof POLLUTANTS)[number]

/** Hourly means, the newest first; null where an hour is missing. */
export type Hours = readonly (number | null)[]

export type Aqi = {
  /** 0 to 500, whole. */
  index: number
  /** The pollutant that decides it. */
  dominant: Pollutant
  /** Each that was known, whole. */
  parts: Partial<Record<Pollutant, number>>
}

/** Half goes up; the margin takes back what binary fractions lose (109.4999… is 109.5). */
const halfUp = (value: number): number => Math.floor(value + 0.5 + 1e-9)

/** The index of one concentration, not yet rounded; undefined above the last step of the eight-hour ozone. */
export function subIndex(column: Column, concentration: number): number | undefined {
  const steps: readonly number[] = BREAKPOINTS[column]
  const upper = steps.findIndex((step) => concentration < step)
  if (upper < 0) {
    const isOnLast = concentration === steps.at(-1)
    if (steps.length === INDEX_STEPS.length) return 500
    return isOnLast ? INDEX_STEPS[steps.length - 1] : undefined
  }
  if (upper === 0) return undefined
  const [from = 0, to = 0] = [steps[upper - 1], steps[upper]]
  const [low = 0, high = 0] = [INDEX_STEPS[upper - 1], INDEX_STEPS[upper]]
  return ((high - low) / (to - from)) * (concentration - from) + low
}

const NOWCAST_HOURS = 12

/**
 * Twelve-hour Nowcast of dust, `hours[0]` the current one; undefined with fewer than two of the last three hours. The
 * decree's sum for w = 1/2 is not divided by its weights; with hours missing it is, or it would fall for want of data.
 */
export function nowcast(hours: Hours): number | undefined {
  const window = hours.slice(0, NOWCAST_HOURS)
  const known = window.filter((c) => c !== null)
  if (window.slice(0, 3).filter((c) => c !== null).length < 2) return undefined
  const max = Math.max(...known)
  const w = max === 0 ? 1 : Math.max(Math.min(...known) / max, 0.5)
  let sum = 0
  let weights = 0
  for (const [i, c] of window.entries()) {
    if (c === null) continue
    sum += w ** i * c
    weights += w ** i
  }
  const isWhole = known.length === NOWCAST_HOURS
  return w === 0.5 && isWhole ? sum / 2 : sum / weights
}

type Parts = Partial<Record<Pollutant, number | undefined>>

/** The largest part; undefined without dust, of which at least one kind is compulsory. */
function worst(exact: Parts): Aqi | undefined {
  if (exact.pm10 === undefined && exact.pm2_5 === undefined) return undefined
  const parts: Aqi['parts'] = {}
  let dominant: Pollutant = exact.pm2_5 === undefined ? 'pm10' : 'pm2_5'
  for (const pollutant of POLLUTANTS) {
    const value = exact[pollutant]
    if (value === undefined) continue
    parts[pollutant] = halfUp(value)
    if (value > (exact[dominant] ?? 0)) dominant = pollutant
  }
  return { index: parts[dominant] ?? 0, dominant, parts }
}

const part = (column: Column, concentration: number | null | undefined): number | undefined =>
  concentration === null || concentration === undefined
    ? undefined
    : subIndex(column, concentration)

/** The index of the hour: gases by their mean of this hour, dust by Nowcast. */
export function hourlyAqi(means: Partial<Record<Pollutant, Hours>>): Aqi | undefined {
  return worst({
    o3: part('o3_1h', means.o3?.[0]),
    co: part('co', means.co?.[0]),
    so2: part('so2', means.so2?.[0]),
    no2: part('no2', means.no2?.[0]),
    pm10: part('pm10', nowcast(means.pm10 ?? [])),
    pm2_5: part('pm2_5', nowcast(means.pm2_5 ?? [])),
  })
}

/** Hours of a day that must be known for its mean, and of eight for theirs: three quarters. */
const DAY_HOURS = 24
const MEAN_OF = 8
const enough = (known: number, of: number) => known >= of * 0.75

const mean = (hours: Hours, of: number): number | null => {
  const known = hours.filter((c) => c !== null)
  return enough(known.length, of) ? known.reduce((a, b) => a + b, 0) / known.length : null
}

const highest = (hours: Hours): number | null => {
  const known = hours.filter((c) => c !== null)
  return known.length === 0 ? null : Math.max(...known)
}

/** The largest mean over eight hours that ends in the day; `hours` as for `dailyAqi`. */
export function max8h(hours: Hours): number | null {
  const means = Array.from({ length: DAY_HOURS }, (_, i) => mean(hours.slice(i, i + MEAN_OF), 8))
  return highest(means)
}

/**
 * The index of a day: its hours 01:00 … 00:00, the newest first, and for ozone the seven before them. Dust by the mean of
 * the day, gases by their highest hour, ozone by the larger of its highest hour and highest eight hours.
 */
export function dailyAqi(means: Partial<Record<Pollutant, Hours>>): Aqi | undefined {
  const day = (p: Pollutant) => (means[p] ?? []).slice(0, DAY_HOURS)
  const o3 = [part('o3_1h', highest(day('o3'))), part('o3_8h', max8h(means.o3 ?? []))]
  const known = o3.filter((value) => value !== undefined)
  return worst({
    o3: known.length === 0 ? undefined : Math.max(...known),
    co: part('co', highest(day('co'))),
    so2: part('so2', highest(day('so2'))),
    no2: part('no2', highest(day('no2'))),
    pm10: part('pm10', mean(day('pm10'), DAY_HOURS)),
    pm2_5: part('pm2_5', mean(day('pm2_5'), DAY_HOURS)),
  })
}

/** The band of an index: its code, colour and ink. */
export const bandOf = (index: number): (typeof BANDS)[number] =>
  BANDS.find(({ to }) => index <= to) ?? BANDS[BANDS.length - 1] ?? BANDS[0]
