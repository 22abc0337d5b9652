/** One usable reading of a level. */
export type Point = { atMs: number; value: number }

const HOUR_MS = 3_600_000
const WINDOW_MS = 3 * HOUR_MS
/** Nearer together the centimetre of a reading outweighs the change. */
const APART_MS = HOUR_MS / 3
const LEAST_POINTS = 3
const LEAST_SPAN_MS = 0.75 * HOUR_MS
/** Readings of one station are hourly at the slowest; a longer hole says nothing about what lies in it. */
const LONGEST_GAP_MS = 1.5 * HOUR_MS

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0

export type Trend = {
  /** Change per hour in the unit of the points; one wild reading hardly moves it. */
  perHour: number
  slow: number
  fast: number
}

/**
 * Median of the slopes between all pairs of the last three hours (Theil and Sen), with its quartiles; undefined when too
 * few, too close together, or with a hole between them. Points in order of time.
 */
export function trendOf(points: readonly Point[]): Trend | undefined {
  const last = points.at(-1)
  if (last === undefined) return undefined
  const recent = points.filter(({ atMs }) => last.atMs - atMs <= WINDOW_MS)
  const [first] = recent
  if (first === undefined || recent.length < LEAST_POINTS) return undefined
  if (last.atMs - first.atMs < LEAST_SPAN_MS) return undefined
  if (recent.some((p, i) => i > 0 && p.atMs - (recent[i - 1]?.atMs ?? 0) > LONGEST_GAP_MS))
    return undefined
  const slopes = recent
    .flatMap((a, i) =>
      recent
        .slice(i + 1)
        .filter((b) => b.atMs - a.atMs >= APART_MS)
        .map((b) => ((b.value - a.value) / (b.atMs - a.atMs)) * HOUR_MS),
    )
    .sort((a, b) => a - b)
  if (slopes.length === 0) return undefined
  return {
    perHour: quantile(slopes, 0.5),
    slow: quantile(slopes, 0.25),
    fast: quantile(slopes, 0.75),
  }
}

/** Below this a river in centimetres counts as standing. */
export const STEADY_CM_PER_HOUR = 2
/** Nobody can say more than half a day ahead from readings alone. */
const FARTHEST_MINUTES = 12 * 60
const STEP_MINUTES = 30

/**
 * Minutes until `goalCm`, as a range in half hours; undefined when it cannot be said: not rising by so much that even the
 * slow slope gets there within half a day.
 */
export function minutesTo(
  goalCm: number,
  levelCm: number,
  trend: Trend,
): { from: number; to: number } | undefined {
  if (trend.perHour < STEADY_CM_PER_HOUR || trend.slow <= 0 || goalCm <= levelCm) return undefined
  const minutes = (slope: number) => ((goalCm - levelCm) / slope) * 60
  const from = Math.floor(minutes(trend.fast) / STEP_MINUTES) * STEP_MINUTES
  const to = Math.ceil(minutes(trend.slow) / STEP_MINUTES) * STEP_MINUTES
  return to > FARTHEST_MINUTES ? undefined : { from, to: Math.max(to, from + STEP_MINUTES) }
}

/** Since when the last readings all say the same; a float that hangs looks like this while a river in flood never does. */
export function flatSinceMs(points: readonly Point[]): number | undefined {
  const last = points.at(-1)
  if (last === undefined) return undefined
  let since = last.atMs
  for (const p of points.toReversed()) {
    if (p.value !== last.value) break
    since = p.atMs
  }
  return since
}

export const STUCK_AFTER_MS = 3 * HOUR_MS
