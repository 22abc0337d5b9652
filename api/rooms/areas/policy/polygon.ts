import { type Box, distanceM, type LngLat } from '../../../core/geo.ts'

/** GeoJSON positions `[lng, lat]`; the first ring of a polygon is its shell, the others are holes; rings are closed. */
export type Ring = readonly (readonly number[])[]
export type Polygons = readonly (readonly Ring[])[]

type Where = 'inside' | 'outside' | 'edge'

/** ~0.1 m: nearer than this to a line is on it. */
const ON_EDGE_DEG = 1e-6

function whereInRing(at: LngLat, ring: Ring): Where {
  let isInside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax = 0, ay = 0] = ring[i] ?? []
    const [bx = 0, by = 0] = ring[j] ?? []
    if (distanceDeg(at, ax, ay, bx, by) <= ON_EDGE_DEG) return 'edge'
    if (ay > at.lat !== by > at.lat && at.lng < ((bx - ax) * (at.lat - ay)) / (by - ay) + ax) {
      isInside = !isInside
    }
  }
  return isInside ? 'inside' : 'outside'
}

/** Distance from a point to a segment, in degrees. */
function distanceDeg(at: LngLat, ax: number, ay: number, bx: number, by: number): number {
  const near = nearestOnSegment(at, ax, ay, bx, by)
  return Math.hypot(at.lng - near.lng, at.lat - near.lat)
}

function nearestOnSegment(at: LngLat, ax: number, ay: number, bx: number, by: number): LngLat {
  const dx = bx - ax
  const dy = by - ay
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : ((at.lng - ax) * dx + (at.lat - ay) * dy) / length2
  const clamped = Math.min(1, Math.max(0, t))
  return { lng: ax + clamped * dx, lat: ay + clamped * dy }
}

/** Even-odd over shell and holes; a point on any line is on the edge. */
export function whereInPolygons(at: LngLat, polygons: Polygons): Where {
  for (const [shell, ...holes] of polygons) {
    if (shell === undefined) continue
    const inShell = whereInRing(at, shell)
    if (inShell === 'edge') return 'edge'
    if (inShell === 'outside') continue
    const inHoles = holes.map((hole) => whereInRing(at, hole))
    if (inHoles.includes('edge')) return 'edge'
    if (!inHoles.includes('inside')) return 'inside'
  }
  return 'outside'
}

/** Inside or on the edge. */
export const isInPolygons = (at: LngLat, polygons: Polygons): boolean =>
  whereInPolygons(at, polygons) !== 'outside'

/** Metres from a point to the nearest line of the polygons. */
export function distanceToEdgeM(at: LngLat, polygons: Polygons): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? []
      const [bx = 0, by = 0] = ring[i] ?? []
      nearest = Math.min(nearest, distanceM(at, nearestOnSegment(at, ax, ay, bx, by)))
    }
  }
  return nearest
}

export function boxOf(polygons: Polygons): Box {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  for (const ring of polygons.flat()) {
    for (const [lng = 0, lat = 0] of ring) {
      box.west = Math.min(box.west, lng)
      box.east = Math.max(box.east, lng)
      box.south = Math.min(box.south, lat)
      box.north = Math.max(box.north, lat)
    }
  }
  return box
}

/** Shoelace formula, in square degrees; 0 for a ring without an inside. */
export function ringAreaDeg2(ring: Ring): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? []
    const [bx = 0, by = 0] = ring[i] ?? []
    sum += ax * by - bx * ay
  }
  return Math.abs(sum) / 2
}

const KM_PER_DEG = 111.195

/** Area in km², flat at the polygons' own latitude: good to a percent at this size. */
export function areaKm2(polygons: Polygons): number {
  const box = boxOf(polygons)
  const scale = KM_PER_DEG ** 2 * Math.cos((((box.south + box.north) / 2) * Math.PI) / 180)
  const deg2 = polygons.reduce((sum, [shell, ...holes]) => {
    const own = shell === undefined ? 0 : ringAreaDeg2(shell)
    return sum + own - holes.reduce((inner, hole) => inner + ringAreaDeg2(hole), 0)
  }, 0)
  return deg2 * scale
}
