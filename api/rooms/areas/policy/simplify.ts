import { round } from '../../../core/geo.ts'
import type { Polygons, Ring } from './polygon.ts'

/** A quadrilateral and its closing point: fewer says nothing of a shape. */
const MIN_POINTS = 5

/** Distance of a position from the line between two others, in degrees of latitude. */
function offLine(at: readonly number[], a: readonly number[], b: readonly number[]): number {
  const shrink = Math.cos(((at[1] ?? 0) * Math.PI) / 180)
  const [ax, ay] = [(a[0] ?? 0) * shrink, a[1] ?? 0]
  const [bx, by] = [(b[0] ?? 0) * shrink, b[1] ?? 0]
  const [x, y] = [(at[0] ?? 0) * shrink, at[1] ?? 0]
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

/** Douglas–Peucker over one ring; a ring that would become less than a quadrilateral goes. */
function simplifyRing(ring: Ring, tolerance: number): number[][] | undefined {
  const keeps = new Set([0, ring.length - 1])
  const spans: [number, number][] = [[0, ring.length - 1]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span
    let farthest = { at: -1, off: tolerance }
    for (let i = from + 1; i < to; i++) {
      const off = offLine(ring[i] ?? [], ring[from] ?? [], ring[to] ?? [])
      if (off > farthest.off) farthest = { at: i, off }
    }
    if (farthest.at < 0) continue
    keeps.add(farthest.at)
    spans.push([from, farthest.at], [farthest.at, to])
  }
  if (keeps.size < MIN_POINTS && ring.length > keeps.size) return undefined
  return ring
    .filter((_, i) => keeps.has(i))
    .map(([lng = 0, lat = 0]) => [round(lng, 4), round(lat, 4)])
}

/**
 * Shapes to draw, not to decide with: lines within `tolerance` degrees of latitude (0.0005 is about 55 m) of the true
 * ones, positions to 4 decimals (~11 m). Rings that shrink to nothing go, a polygon with its shell.
 */
export const simplify = (polygons: Polygons, tolerance: number): number[][][][] =>
  polygons.flatMap(([shell, ...holes]) => {
    const outer = shell === undefined ? undefined : simplifyRing(shell, tolerance)
    if (outer === undefined) return []
    const inner = holes.map((hole) => simplifyRing(hole, tolerance))
    return [[outer, ...inner.filter((ring) => ring !== undefined)]]
  })
