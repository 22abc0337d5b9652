import type {
  CreatedIncident,
  CreateIncident,
  OwnIncident,
  PublicIncident,
} from '../../../api/rooms/incidents/schema.ts'
import { postJson, request } from '../shared/api.ts'

/** What the resident's pages ask of the API, each as one function; all reject with `ApiProblem`. */

export type Hotline = { code: string; phone: string; name: string; confirmed: boolean }
export type Hamlet = { id: string; name: string; kind: string; lng: number; lat: number }
export type Candidate = {
  unitCode: string
  name: string
  kind: string
  matched: string
  why: string
  distanceM?: number
}
export type Resolution = {
  query: string
  outcome: 'one' | 'many' | 'none' | 'outside'
  exact: boolean
  candidates: Candidate[]
}
export type ConsentText = { purpose: string; version: number; body: string }
export type Upload = {
  mediaId: string
  uploadSecret?: string
  taken?: { at?: string; lng?: number; lat?: number }
}
export type Near = { lat: number; lng: number; radiusM: number } | { unit: string }

const query = (params: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(params).map(([key, value]) => [key, String(value)]))

export const listHotlines = async (): Promise<Hotline[]> =>
  (await request<{ hotlines: Hotline[] }>('/areas/hotlines')).hotlines

export const listHamlets = async (unitCode: string): Promise<Hamlet[]> =>
  (await request<{ hamlets: Hamlet[] }>(`/areas/${unitCode}/hamlets`)).hamlets

export const listUnits = async (): Promise<{ code: string; name: string; kind: string }[]> =>
  (await request<{ units: { code: string; name: string; kind: string }[] }>('/areas')).units

/** Which unit a name or a point means; several when it is not certain. */
export const resolvePlace = (
  asked: { q: string } | { lat: number; lng: number },
): Promise<Resolution> => request(`/areas/resolve?${query(asked)}`)

export const getReportConsent = (): Promise<ConsentText> =>
  request('/consents/texts?purpose=report')

export const listIncidents = (near: Near, limit = 20): Promise<{ items: PublicIncident[] }> =>
  request(`/incidents?${query({ ...near, limit })}`)

export const getIncident = (code: string): Promise<PublicIncident> =>
  request(`/incidents/${encodeURIComponent(code)}`)

/** The sender's own view of cases whose secrets this device keeps; unknown ones are left out. */
export const lookUpOwn = (
  cases: readonly { code: string; secret: string }[],
): Promise<{ items: OwnIncident[] }> =>
  postJson('/incidents/lookup', { cases: cases.map(({ code, secret }) => ({ code, secret })) })

/** The same key again answers the same and creates nothing. */
export const createIncident = (key: string, body: CreateIncident): Promise<CreatedIncident> =>
  postJson('/incidents', body, { 'Idempotency-Key': key })

export const rateIncident = (
  code: string,
  body: { secret: string; rating: number; comment?: string },
): Promise<unknown> => postJson(`/incidents/${encodeURIComponent(code)}/rating`, body)

export function uploadPhoto(photo: Blob, signal?: AbortSignal): Promise<Upload> {
  const form = new FormData()
  form.set('file', photo, 'photo.jpg')
  return request('/media', { method: 'POST', body: form, ...(signal ? { signal } : {}) })
}
