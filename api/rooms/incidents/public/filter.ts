import { AppError } from '../../../core/errors.ts'
import { type Box, lngLat } from '../../../core/geo.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { ListIncidents, MapWindow } from '../schema.ts'
import type { PublicFilter } from './store.ts'

const DEFAULT_RADIUS_M = 2_000

export const invalid = (path: string) =>
  new AppError('http.invalid_input', { issues: [{ path, code: 'invalid_format' }] })

/** The box in `west,south,east,north`. Throws `http.invalid_input` for one that is turned over or off the globe. */
export function parseBox(bbox: string): Box {
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(',').map(Number)
  const isBox = west <= east && south <= north
  const isOnGlobe = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90
  if (!isBox || !isOnGlobe) throw invalid('bbox')
  return { west, south, east, north }
}

type Query = Pick<MapWindow, 'unit' | 'category' | 'kind' | 'group' | 'since' | 'until' | 'q'> & {
  bbox?: string | undefined
} & Partial<Pick<ListIncidents, 'lat' | 'lng' | 'radiusM' | 'state'>>

/** Query parameters as the store's filter. */
export function toFilter(query: Query, today: LocalDate): PublicFilter {
  const { lat, lng, radiusM = DEFAULT_RADIUS_M, bbox, unit, category, kind } = query
  const { group, state, since, until, q } = query
  const at = lat === undefined || lng === undefined ? undefined : lngLat(lng, lat)
  return {
    today,
    ...(at === undefined ? {} : { near: { at, radiusM } }),
    ...(bbox === undefined ? {} : { box: parseBox(bbox) }),
    ...(unit === undefined ? {} : { unitCode: unit }),
    ...(category === undefined ? {} : { categories: [category] }),
    ...(kind === undefined ? {} : { kind }),
    ...(group === undefined ? {} : { group }),
    ...(state === undefined ? {} : { state }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(q === undefined ? {} : { q }),
  }
}
