import { distanceM, type LngLat } from '../../../core/geo.ts'
import type { AlertArea } from '../../../db/schema-alerts.ts'

/** Whether a point lies in a closed ring (even-odd rule); on the line itself either answer may come. */
export function isInRing(at: LngLat, ring: readonly LngLat[]): boolean {
  let isIn = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i], ring[j]]
    if (a === undefined || b === undefined) continue
    const crosses = a.lat > at.lat !== b.lat > at.lat
    if (crosses && at.lng < ((b.lng - a.lng) * (at.lat - a.lat)) / (b.lat - a.lat) + a.lng)
      isIn = !isIn
  }
  return isIn
}

export const isInShapes = (at: LngLat, { polygons, circles }: AlertArea): boolean =>
  polygons.some((ring) => isInRing(at, ring)) ||
  circles.some(({ center, radiusKm }) => distanceM(at, center) <= radiusKm * 1_000)

export type KnownHamlet = { id: string; unitCode: string; at: LngLat | null }
export type KnownUnit = { code: string; at: LngLat }

/**
 * The places whose people are told: those that are named, hamlets whose point lies in a shape, and units without known
 * hamlets whose middle does. Nobody outside; each place once.
 */
export function placesOf(
  area: AlertArea,
  units: readonly KnownUnit[],
  hamlets: readonly KnownHamlet[],
): AlertArea['places'] {
  const whole = new Set(
    area.places.filter((place) => place.hamletId === undefined).map((place) => place.unitCode),
  )
  const withHamlets = new Set(hamlets.map(({ unitCode }) => unitCode))
  for (const { code, at } of units)
    if (!withHamlets.has(code) && isInShapes(at, area)) whole.add(code)
  const parts = new Map<string, string>()
  for (const { unitCode, hamletId } of area.places)
    if (hamletId !== undefined) parts.set(hamletId, unitCode)
  for (const { id, unitCode, at } of hamlets)
    if (at !== null && isInShapes(at, area)) parts.set(id, unitCode)
  return [
    ...[...whole].map((unitCode) => ({ unitCode })),
    ...[...parts]
      .filter(([, unitCode]) => !whole.has(unitCode))
      .map(([hamletId, unitCode]) => ({ unitCode, hamletId })),
  ]
}
