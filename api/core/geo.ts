/** WGS84 degrees. GeoJSON arrays `[lng, lat]` exist only at the edges. */
export type LngLat = { lng: number; lat: number }

/** A checked point: finite, in range, rounded to 6 decimals (~0.1 m); undefined otherwise. */
export function lngLat(lng: number, lat: number): LngLat | undefined {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return undefined
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return undefined
  return { lng: round(lng, 6), lat: round(lat, 6) }
}

export const round = (value: number, decimals: number): number => {
  const factor = 10 ** decimals
  return Math.round(value * factor) / factor
}

/** About 100 m: what public lists show of a private place. */
export const roundForPublic = (at: LngLat): LngLat => ({
  lng: round(at.lng, 3),
  lat: round(at.lat, 3),
})

const EARTH_RADIUS_M = 6_371_008.8 // mean radius, IUGG

/** Great-circle distance in metres (haversine). */
export function distanceM(a: LngLat, b: LngLat): number {
  const rad = Math.PI / 180
  const dLat = (b.lat - a.lat) * rad
  const dLng = (b.lng - a.lng) * rad
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

export type Box = { west: number; south: number; east: number; north: number }

/** Huế city with a margin of about 10 km; source: bounding boxes of its 40 units, 2025-07-01. */
export const HUE_BOX: Box = { west: 106.9, south: 15.9, east: 108.3, north: 16.85 }

export const inBox = (at: LngLat, box: Box): boolean =>
  at.lng >= box.west && at.lng <= box.east && at.lat >= box.south && at.lat <= box.north

/** A box of half-side `radiusM` around a point, for an index-friendly first filter. */
export function boxAround(at: LngLat, radiusM: number): Box {
  const dLat = radiusM / 111_195
  const dLng = dLat / Math.max(0.01, Math.cos((at.lat * Math.PI) / 180))
  return { west: at.lng - dLng, south: at.lat - dLat, east: at.lng + dLng, north: at.lat + dLat }
}
