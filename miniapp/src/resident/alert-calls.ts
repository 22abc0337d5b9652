import type { ForeignAlert, PublicAlert } from '../../../api/rooms/alerts/index.ts'
import { request } from '../shared/api.ts'

/** Warnings; all reject with `ApiProblem`. */

export type Alert = PublicAlert

/** Those that hold now, the gravest first; with a unit, those that may concern it. */
export const listAlerts = async (unitCode?: string): Promise<Alert[]> => {
  const query = unitCode === undefined ? '' : `?unitCode=${encodeURIComponent(unitCode)}`
  return (await request<{ alerts: Alert[] }>(`/alerts${query}`)).alerts
}

export type Foreign = ForeignAlert
/** Warnings of other senders that hold now, in their own words. */
export const listForeign = async (): Promise<Foreign[]> =>
  (await request<{ alerts: Foreign[] }>('/alerts/foreign')).alerts

export type AlertPage = { alerts: Alert[]; nextCursor?: string }
export const listAlertHistory = (cursor?: string): Promise<AlertPage> =>
  request<AlertPage>(
    `/alerts/history${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
  )

export const getAlert = (id: string): Promise<Alert> =>
  request<Alert>(`/alerts/${encodeURIComponent(id)}`)
