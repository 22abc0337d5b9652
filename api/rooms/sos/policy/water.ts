import { distanceM, type LngLat } from '../../../core/geo.ts'

export type Gauge = { at: LngLat | null; text: string; stage: number }
export type Near = { text: string; stage: number; distanceKm: number | null }

const METRES_A_KM = 1_000

/** The gauge nearest to a point; without a point, or without placed gauges, the first of those given. */
export function nearestGauge(gauges: readonly Gauge[], at: LngLat | null): Near | null {
  const [first] = gauges
  if (first === undefined) return null
  const far = (gauge: Gauge): number | null =>
    at === null || gauge.at === null ? null : distanceM(at, gauge.at)
  const best = gauges.reduce((nearest, gauge) =>
    (far(gauge) ?? Number.POSITIVE_INFINITY) < (far(nearest) ?? Number.POSITIVE_INFINITY)
      ? gauge
      : nearest,
  )
  const metres = far(best)
  const distanceKm = metres === null ? null : Math.round(metres / (METRES_A_KM / 10)) / 10
  return { text: best.text, stage: best.stage, distanceKm }
}
