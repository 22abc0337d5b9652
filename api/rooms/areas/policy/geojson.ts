import type { Issue } from '../../../core/errors.ts'
import { HUE_BOX, inBox, round } from '../../../core/geo.ts'
import { isInPolygons, ringAreaDeg2 } from './polygon.ts'

type Json = Record<string, unknown>
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A ring of fewer square degrees (about 100 m²) has no inside. */
const MIN_RING_DEG2 = 1e-8

export type Fault = (path: string, code: string, params?: Issue['params']) => void

/** The features of a file that is one collection in WGS84; undefined when it is none. */
export function featuresOf(text: string, fault: Fault): unknown[] | undefined {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    fault('', 'not_json')
    return undefined
  }
  if (!isObject(json) || json.type !== 'FeatureCollection' || !Array.isArray(json.features)) {
    fault('', 'not_collection')
    return undefined
  }
  if (json.features.length === 0) fault('features', 'empty')
  // RFC 7946 has no crs member; older files name one, and only WGS84 is taken.
  const crs = json.crs === undefined || json.crs === null ? '' : JSON.stringify(json.crs)
  if (crs !== '' && !/CRS84|EPSG:{1,2}4326/i.test(crs)) fault('crs', 'not_wgs84')
  return json.features
}

/** A Polygon or MultiPolygon as checked polygons; undefined after a fault. */
export function polygonsOf(
  geometry: unknown,
  path: string,
  fault: Fault,
): number[][][][] | undefined {
  if (!isObject(geometry)) return void fault(path, 'not_polygon')
  const { type, coordinates } = geometry
  const list =
    type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined
  if (!Array.isArray(list) || list.length === 0) return void fault(path, 'not_polygon')
  const polygons: number[][][][] = []
  for (const [p, rings] of list.entries()) {
    if (!Array.isArray(rings) || rings.length === 0) return void fault(path, 'not_polygon')
    const at = type === 'Polygon' ? `${path}.coordinates` : `${path}.coordinates.${p}`
    const checked = rings.map((ring, r) => ringOf(ring, `${at}.${r}`, fault))
    const whole = checked.filter((ring) => ring !== undefined)
    if (whole.length !== rings.length) return undefined
    const [shell, ...holes] = whole
    const outer = shell === undefined ? undefined : [[shell]]
    holes.forEach((hole, h) => {
      if (
        outer !== undefined &&
        !hole.every(([lng = 0, lat = 0]) => isInPolygons({ lng, lat }, outer))
      )
        fault(`${at}.${h + 1}`, 'hole_outside')
    })
    polygons.push(whole)
  }
  return polygons
}

/** One ring: positions in Huế, closed, with an inside; heights are dropped. */
function ringOf(ring: unknown, path: string, fault: Fault): number[][] | undefined {
  if (!Array.isArray(ring)) return void fault(path, 'bad_ring')
  const points: number[][] = []
  for (const position of ring) {
    const [lng, lat] = Array.isArray(position) ? position : []
    if (typeof lng !== 'number' || typeof lat !== 'number') return void fault(path, 'bad_position')
    points.push([round(lng, 6), round(lat, 6)])
  }
  const bad = whereWrong(points)
  if (bad !== undefined) return void fault(path, bad)
  const first = points[0]
  const last = points.at(-1)
  if (points.length < 4) return void fault(path, 'ring_short')
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return void fault(path, 'ring_open')
  if (ringAreaDeg2(points) < MIN_RING_DEG2) return void fault(path, 'ring_flat')
  return points
}

/** Names the usual slips: axes swapped, metres instead of degrees; otherwise the place is simply not Huế. */
function whereWrong(points: readonly number[][]): string | undefined {
  const inHue = ([lng = 0, lat = 0]: readonly number[]) => inBox({ lng, lat }, HUE_BOX)
  if (points.every(inHue)) return undefined
  if (points.every(([a = 0, b = 0]) => inHue([b, a]))) return 'swapped'
  if (points.some(([lng = 0, lat = 0]) => Math.abs(lng) > 180 || Math.abs(lat) > 90))
    return 'not_wgs84'
  return 'outside_hue'
}
