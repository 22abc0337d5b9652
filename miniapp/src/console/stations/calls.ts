import type { WatchedStation } from '../../../../api/rooms/readings/index.ts'
import type { SeriesView } from '../../../../api/rooms/readings/schema.ts'
import { apiBase, request } from '../../shared/api.ts'
import { guarded } from '../calls.ts'

export type Station = WatchedStation

export const listWatched = async (): Promise<Station[]> =>
  (await guarded(request<{ stations: Station[] }>('/console/stations'))).stations

const HOUR_MS = 3_600_000
const path = (code: string) => `/stations/${encodeURIComponent(code)}`

/** The hours of a station that end now; hours without a reading are absent. */
export const listHours = (code: string, hours: number, now: Date): Promise<SeriesView> => {
  const from = new Date(now.getTime() - hours * HOUR_MS).toISOString()
  return guarded(request(`${path(code)}/series?step=hour&from=${encodeURIComponent(from)}`))
}

export const chartUrl = (code: string, hours: number): string =>
  `${apiBase()}${path(code)}/chart.svg?hours=${hours}`
