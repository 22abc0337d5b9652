import { distanceM, type LngLat } from '../../../core/geo.ts'
import { fold } from '../../../core/text.ts'

/** The same matter at the same place, as far back as this, is a repeat. */
export const REPEAT_RADIUS_M = 50
export const REPEAT_DAYS = 180
/** So many earlier cases are tied to a new one; from here on it is "at least the twenty-first time". */
export const MAX_REPEATS = 20
/** Sources of a place that give the point of the matter itself. */
export const EXACT_SOURCES = ['pin', 'photo'] as const

/** A place as a case keeps it. A hamlet's middle is no point of the matter: only a pin or a photo gives one. */
export type PlaceOf = {
  lng: number | null
  lat: number | null
  placeSource: string
  placeText: string
  hamletId: string | null
  unitCode: string | null
}

export const isExactSource = (source: string): boolean =>
  (EXACT_SOURCES as readonly string[]).includes(source)

/** The point of the matter itself, when somebody gave it. */
export const exactPoint = ({ placeSource, lng, lat }: PlaceOf): LngLat | undefined =>
  lng === null || lat === null || !isExactSource(placeSource) ? undefined : { lng, lat }

/** Two points within 50 m; without points, the same words for a place in the same hamlet (or unit). */
export function isSamePlace(a: PlaceOf, b: PlaceOf): boolean {
  const [from, to] = [exactPoint(a), exactPoint(b)]
  if (from !== undefined && to !== undefined) return distanceM(from, to) <= REPEAT_RADIUS_M
  if (from !== undefined || to !== undefined) return false
  return (
    a.hamletId === b.hamletId &&
    a.unitCode === b.unitCode &&
    fold(a.placeText) === fold(b.placeText)
  )
}

/** Kinds differ only when both are known and are not the same. */
export const mayBeSameKind = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b
