import { hc } from 'hono/client'
import type { ReadingsClient } from '../../../api/rooms/readings/index.ts'
import type { SeriesView } from '../../../api/rooms/readings/schema.ts'
import { apiBase, apiFetch, bodyOf, request } from '../shared/api.ts'

/** Water and air; all reject with `ApiProblem`. */

const room = () => hc<ReadingsClient>(apiBase(), { fetch: apiFetch })

/** The newest reading of each river station; with a unit, of those that matter there. */
export const listRivers = async (unitCode?: string) => {
  const query = { kind: 'river' as const, ...(unitCode === undefined ? {} : { unitCode }) }
  return (await bodyOf(room().readings.latest.$get({ query }))).readings
}
export type River = Awaited<ReturnType<typeof listRivers>>[number]

export const listAir = async () => (await bodyOf(room().air.$get())).stations
export type Air = Awaited<ReturnType<typeof listAir>>[number]

/** The last day of a station by the hour. */
export const listHours = (code: string): Promise<SeriesView> =>
  request<SeriesView>(`/stations/${encodeURIComponent(code)}/series?step=hour`)

export const chartUrl = (code: string): string =>
  `${apiBase()}/stations/${encodeURIComponent(code)}/chart.svg?hours=24`
