import { hc } from 'hono/client'
import type { Box } from '../../../../api/core/geo.ts'
import { addDays, localDate } from '../../../../api/core/time.ts'
import type { IncidentsClient } from '../../../../api/rooms/incidents/index.ts'
import { apiBase, apiFetch, bodyOf, request } from '../../shared/api.ts'
import type { Mark } from './cluster.ts'
import type { NearState } from './state.ts'

const incidents = () => hc<IncidentsClient>(apiBase(), { fetch: apiFetch }).incidents

export type Where = { unit: string } | { lat: number; lng: number; radiusM: number } | { box: Box }

/** Steps of 0.001° (~100 m): neighbours ask the same window, and no precise place stands in an address. */
export const boxText = ({ west, south, east, north }: Box): string => {
  const out = (degrees: number, round: (n: number) => number) => round(degrees * 1000) / 1000
  return [
    out(west, Math.floor),
    out(south, Math.floor),
    out(east, Math.ceil),
    out(north, Math.ceil),
  ].join(',')
}

function filterOf({ category, group, days, q }: NearState) {
  const since = days && addDays(localDate(new Date()), -Number(days))
  return {
    ...(category === undefined ? {} : { category }),
    ...(group === undefined ? {} : { group }),
    ...(since === undefined ? {} : { since }),
    ...(q === undefined ? {} : { q }),
  }
}

const whereOf = (where: Where) => {
  if ('unit' in where) return where
  if ('box' in where) return { bbox: boxText(where.box) }
  const { lat, lng, radiusM } = where
  return { lat: String(lat), lng: String(lng), radiusM: String(radiusM) }
}

/** One page of public cases, newest first. */
export const listCases = (where: Where, state: NearState, cursor?: string) =>
  bodyOf(
    incidents().$get({
      query: {
        ...whereOf(where),
        ...filterOf(state),
        limit: '20',
        ...(cursor === undefined ? {} : { cursor }),
      },
    }),
  )

/** One case on the map, or a square of many (then without a code). */
export type CaseMark = Mark & { code?: string; category?: string; state?: string; date?: string }

type Feature = {
  id: string | number
  geometry: { coordinates: [number, number] }
  properties: {
    code?: string
    category?: string
    state?: string
    date?: string
    cases?: number
    late?: number | boolean
  }
}
type Collection = { features: Feature[]; hasMore: boolean }

function toMark({ id, geometry, properties }: Feature): CaseMark {
  const [lng, lat] = geometry.coordinates
  const { cases = 1, late, ...rest } = properties
  return { ...rest, id: String(id), lng, lat, count: cases, late: Number(late ?? 0) }
}

/** What stands in a window of the map; squares with counts instead of cases from afar. */
export async function loadMarks(box: Box, state: NearState, isFar: boolean) {
  const query = new URLSearchParams({
    bbox: boxText(box),
    ...filterOf(state),
    ...(isFar ? { grid: 'true' } : {}),
  })
  const { features, hasMore } = await request<Collection>(`/incidents.geojson?${query}`)
  return { marks: features.map(toMark), hasMore }
}

type Shape = { id: string; geometry: { coordinates: number[][][][] } }

/** Imported shapes of units; none where nothing was imported. */
export const loadShapes = async (): Promise<Shape[]> =>
  (await request<{ features: Shape[] }>('/areas/boundaries.geojson')).features
