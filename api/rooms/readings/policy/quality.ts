import { round } from '../../../core/geo.ts'
import { PROPERTIES, type PropertyCode } from '../data/properties.ts'

/**
 * What is thought of a reading. The first three are used; the others are kept, shown to officials, and never answer a
 * resident. A usable reading for the same moment takes the place of a doubtful one.
 */
export const QUALITIES = [
  'good',
  'late',
  'corrected',
  'jump',
  'future',
  'impossible',
  'negative',
  'wrong_unit',
] as const
export type Quality = (typeof QUALITIES)[number]
export const USABLE: readonly Quality[] = ['good', 'late', 'corrected']
export const isUsable = (quality: Quality): boolean => USABLE.includes(quality)

/** Clocks of loggers run ahead by so much without being wrong. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000
const HOUR_MS = 3_600_000
/** Smallest stretch over which a change is turned into a rate, so that two readings of one minute do not explode. */
const LEAST_STRETCH_MS = HOUR_MS / 6

/** So near must a hundredfold value come to the last one. */
const METRES_FIT = 0.25

type Limits = { min: number; max: number; maxPerHour?: number; maxFallPerHour?: number }
export type Raw = { atMs: number; value: number; unit: string | undefined }
export type Judged = { atMs: number; value: number; quality: Quality }

/** The value in the stored unit; undefined when the unit is none of this property's. */
export function inStoredUnit(
  property: PropertyCode,
  raw: { value: number; unit?: string | undefined },
): number | undefined {
  const { from, decimals, unit } = PROPERTIES[property]
  const factors: Readonly<Record<string, number>> = from
  const name = (raw.unit ?? unit.symbol).trim()
  const factor = Object.hasOwn(factors, name) ? factors[name] : undefined
  return factor === undefined ? undefined : round(raw.value * factor, decimals)
}

/**
 * Judges one reading against the newest usable one before it. Rules in order: a unit that does not belong; a moment that
 * has not come; below zero where nothing is; outside what can be measured; a change that no water makes; out of order.
 */
export function judge(
  property: PropertyCode,
  raw: Raw,
  known: { nowMs: number; last: { atMs: number; value: number } | null },
): Judged {
  const limits: Limits = PROPERTIES[property]
  const { min, max, maxPerHour, maxFallPerHour = maxPerHour } = limits
  const value = inStoredUnit(property, raw)
  const as = (quality: Quality): Judged => ({ atMs: raw.atMs, value: value ?? raw.value, quality })
  if (value === undefined) return as('wrong_unit')
  if (raw.atMs > known.nowMs + FUTURE_TOLERANCE_MS) return as('future')
  if (min >= 0 && value < 0) return as('negative')
  if (value < min || value > max) return as('impossible')
  const { last } = known
  if (last === null) return as('good')
  // What comes late lies before the last one: the water went on from it.
  const isLate = raw.atMs < last.atMs
  const hours = Math.max(Math.abs(raw.atMs - last.atMs), LEAST_STRETCH_MS) / HOUR_MS
  const change = isLate ? last.value - value : value - last.value
  const most = change < 0 ? maxFallPerHour : maxPerHour
  if (most === undefined || Math.abs(change) <= most * hours) return as(isLate ? 'late' : 'good')
  return as(raw.unit === undefined && isHundredth(raw.value, last.value) ? 'wrong_unit' : 'jump')
}

/** A hundred times as much would fit: metres were sent where centimetres are meant. */
const isHundredth = (value: number, last: number): boolean =>
  Math.abs(value * 100 - last) <= Math.abs(last) * METRES_FIT
