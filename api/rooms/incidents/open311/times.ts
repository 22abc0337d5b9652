import { isLocalDate, startOfLocalDay } from '../../../core/time.ts'
import { invalid } from '../public/filter.ts'

const DAY_MS = 86_400_000
/** GeoReport v2: a span of more days is refused, and this is the default. */
export const MAX_SPAN_DAYS = 90

const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/

/**
 * A W3C time with its zone, or a day (which begins in Viet Nam). A `+` that a client forgot to encode arrives as a
 * blank. Throws `http.invalid_input` naming `field`.
 */
export function parseTime(text: string, field: string): Date {
  const isDay: boolean = isLocalDate(text)
  if (isDay) return startOfLocalDay(text)
  const repaired = text.replace(/ (?=\d\d:?\d\d$)/, '+')
  const at = new Date(repaired.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  if (!W3C.test(repaired) || Number.isNaN(at.getTime())) throw invalid(field)
  return at
}

export type Span = { from: Date; to: Date }

/** The span asked for, at most 90 days; what is missing is filled up to 90 days, at the latest until now. */
export function parseSpan(start: string | undefined, end: string | undefined, now: Date): Span {
  const from = start === undefined ? undefined : parseTime(start, 'start_date')
  const to = end === undefined ? undefined : parseTime(end, 'end_date')
  const length = MAX_SPAN_DAYS * DAY_MS
  if (from !== undefined && to !== undefined) {
    if (from > to) throw invalid('start_date')
    if (to.getTime() - from.getTime() > length) throw invalid('end_date')
    return { from, to }
  }
  if (from !== undefined) return { from, to: new Date(from.getTime() + length) }
  const last = to ?? now
  return { from: new Date(last.getTime() - length), to: last }
}
