import type { CategoryId, Group } from '../../../../api/rooms/incidents/schema.ts'
import { CATEGORIES } from '../../resident/categories.ts'

/** Where cases stand, as the filter offers it. */
export const GROUPS = ['open', 'late', 'answered', 'closed'] as const satisfies readonly Group[]

/** Days back that the time filter offers; none: everything. */
export const DAYS = ['7', '30', '90'] as const
export type Days = (typeof DAYS)[number]

/** What the map shows: its middle in degrees and its zoom (256 px hold the world at 0). */
export type MapView = { lng: number; lat: number; zoom: number }

/** What the page shows, as its address says it. */
export type NearState = {
  category?: CategoryId
  group?: Group
  days?: Days
  /** Words to find, or a code. */
  q?: string
  isMap: boolean
  view?: MapView
}

/** As long as the API takes it. */
export const MAX_SEARCH = 200
const MIN_ZOOM = 8
const MAX_ZOOM = 17
export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom))

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((one) => one === text)

/** `107.5325,16.5697,14`; anything else is none. */
function parseView(text: string | null): MapView | undefined {
  const parts = (text ?? '').split(',').map(Number)
  const [lng = Number.NaN, lat = Number.NaN, zoom = Number.NaN] = parts
  const isWhole = parts.length === 3 && parts.every(Number.isFinite)
  if (!isWhole || Math.abs(lng) > 180 || Math.abs(lat) > 85) return undefined
  return { lng, lat, zoom: clampZoom(zoom) }
}

/** Reads the query of the address; what it does not know it leaves out. */
export function parseNear(query: URLSearchParams): NearState {
  const category = oneOf(CATEGORIES, query.get('category'))
  const group = oneOf(GROUPS, query.get('group'))
  const days = oneOf(DAYS, query.get('days'))
  const view = parseView(query.get('at'))
  const q = (query.get('q') ?? '').trim().slice(0, MAX_SEARCH)
  return {
    isMap: query.get('view') === 'map',
    ...(category === undefined ? {} : { category }),
    ...(group === undefined ? {} : { group }),
    ...(days === undefined ? {} : { days }),
    ...(view === undefined ? {} : { view }),
    ...(q === '' ? {} : { q }),
  }
}

/** The query for a state; the middle of the map to three decimals (~100 m), as far as a link should tell it. */
export function nearQuery({ category, group, days, q, isMap, view }: NearState): URLSearchParams {
  const query = new URLSearchParams()
  if (category !== undefined) query.set('category', category)
  if (group !== undefined) query.set('group', group)
  if (days !== undefined) query.set('days', days)
  if (q !== undefined) query.set('q', q)
  if (isMap) query.set('view', 'map')
  if (view !== undefined)
    query.set('at', `${view.lng.toFixed(3)},${view.lat.toFixed(3)},${view.zoom.toFixed(1)}`)
  return query
}
