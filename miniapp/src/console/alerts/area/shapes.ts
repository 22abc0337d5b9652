import type { LngLat } from '../../../../../api/core/geo.ts'

/** What was drawn on the map: closed rings (the last corner is the first again) and circles. */
export type Shapes = {
  polygons: LngLat[][]
  circles: { center: LngLat; radiusKm: number }[]
}

export const MIN_CORNERS = 3
export const MAX_SHAPES = 20
const MAX_CORNERS = 499
const MAX_RADIUS_KM = 200
/** About a metre: finer than anybody draws. */
const DECIMALS = 5

/** Never a minus zero, which no text tells from zero. */
const rounded = (degrees: number): number => Number(degrees.toFixed(DECIMALS)) + 0
export const roundPoint = ({ lng, lat }: LngLat): LngLat => ({
  lng: rounded(lng),
  lat: rounded(lat),
})

export const closed = (corners: readonly LngLat[]): LngLat[] => [...corners, ...corners.slice(0, 1)]
export const cornersOf = (ring: readonly LngLat[]): LngLat[] => ring.slice(0, -1)

/** The shapes with one corner of one ring somewhere else. */
export const withCorner = (shapes: Shapes, ring: number, corner: number, at: LngLat): Shapes => ({
  ...shapes,
  polygons: shapes.polygons.map((one, i) =>
    i === ring ? closed(cornersOf(one).map((old, j) => (j === corner ? at : old))) : one,
  ),
})

export const withCircle = (
  shapes: Shapes,
  index: number,
  changed: Partial<Shapes['circles'][number]>,
): Shapes => ({
  ...shapes,
  circles: shapes.circles.map((one, i) => (i === index ? { ...one, ...changed } : one)),
})

const pointText = ({ lng, lat }: LngLat): string => `${lat},${lng}`

/** One shape a line, as CAP 1.2 writes them: `lat,lng lat,lng lat,lng`, or `lat,lng radiusKm`. */
export const shapesText = ({ polygons, circles }: Shapes): string =>
  [
    ...polygons.map((ring) => cornersOf(ring).map(pointText).join(' ')),
    ...circles.map(({ center, radiusKm }) => `${pointText(center)} ${radiusKm}`),
  ].join('\n')

function readPoint(text: string): LngLat | undefined {
  const [, lat, lng] = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(text) ?? []
  if (lat === undefined || lng === undefined) return undefined
  const at = roundPoint({ lng: Number(lng), lat: Number(lat) })
  return Math.abs(at.lat) <= 90 && Math.abs(at.lng) <= 180 ? at : undefined
}

function readLine(line: string): Shapes | undefined {
  const parts = line.replace(/\s*,\s*/g, ',').split(/\s+/)
  const [first = '', second = ''] = parts
  const center = readPoint(first)
  const radiusKm = Number(second)
  if (parts.length === 2 && center !== undefined && radiusKm > 0 && radiusKm <= MAX_RADIUS_KM)
    return { polygons: [], circles: [{ center, radiusKm }] }
  const points = parts.map(readPoint)
  const corners = points.filter((at) => at !== undefined)
  if (corners.length < points.length) return undefined
  const [start, end] = [corners[0], corners.at(-1)]
  const isClosed = start?.lng === end?.lng && start?.lat === end?.lat
  const open = isClosed ? corners.slice(0, -1) : corners
  if (open.length < MIN_CORNERS || open.length > MAX_CORNERS) return undefined
  return { polygons: [closed(open)], circles: [] }
}

/** The shapes of a text, or the number of its first line that is none (one too many counts as none). */
export function readShapes(text: string): Shapes | { faultyLine: number } {
  const found: Shapes = { polygons: [], circles: [] }
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const shape = readLine(line.trim())
    if (shape === undefined) return { faultyLine: i + 1 }
    found.polygons.push(...shape.polygons)
    found.circles.push(...shape.circles)
    if (Math.max(found.polygons.length, found.circles.length) > MAX_SHAPES)
      return { faultyLine: i + 1 }
  }
  return found
}
