import type { Input, Point } from './calls.ts'

/** What the form's boxes hold; numbers stay as they were typed until they are sent. */
export type Boxes = {
  unitCode: string
  name: string
  otherNames: string
  /** `16.5712, 107.5101`, as maps copy it. */
  at: string
  road: Input['road']
  depthCm: string
  measuredAt: string
  source: string
}

export const emptyBoxes = (unitCode: string, now: Date): Boxes => ({
  ...{ unitCode, name: '', otherNames: '', at: '', road: 'open' },
  ...{ depthCm: '', measuredAt: now.toISOString(), source: '' },
})

export const boxesOf = (point: Point, now: Date): Boxes => ({
  unitCode: point.unitCode,
  name: point.name,
  otherNames: point.otherNames.join('; '),
  at: `${point.lat}, ${point.lng}`,
  road: point.road,
  depthCm: point.official === null ? '' : String(point.official.cm),
  measuredAt: point.official?.measuredAt ?? now.toISOString(),
  source: point.official?.source ?? '',
})

/** Latitude first, as maps copy it; undefined for anything else. */
export function parseSpot(text: string): { lat: number; lng: number } | undefined {
  const [, lat, lng] =
    /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? []
  return lat === undefined || lng === undefined ? undefined : { lat: Number(lat), lng: Number(lng) }
}

/** The point as it is sent; undefined while its place is not two numbers. */
export function inputOf(boxes: Boxes): Input | undefined {
  const spot = parseSpot(boxes.at)
  if (spot === undefined) return undefined
  const { unitCode, name, road, depthCm, measuredAt, source } = boxes
  return {
    ...{ unitCode, name, road, ...spot },
    otherNames: boxes.otherNames
      .split(/[;\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    depth: depthCm.trim() === '' ? null : { cm: Number(depthCm), measuredAt, source },
  }
}
