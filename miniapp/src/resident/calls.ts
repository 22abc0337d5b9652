import { hc } from 'hono/client'
import type { MediaClient } from '../../../api/files/index.ts'
import type { AreasClient } from '../../../api/rooms/areas/index.ts'
import type { IdentityClient } from '../../../api/rooms/identity/index.ts'
import type { IncidentsClient, OwnIncidentsClient } from '../../../api/rooms/incidents/index.ts'
import type { OwnIncident, PublicIncident } from '../../../api/rooms/incidents/schema.ts'
import { apiBase, apiFetch, bodyOf } from '../shared/api.ts'

/** What the resident's pages ask of the API, each as one function; all reject with `ApiProblem`. */

const options = { fetch: apiFetch }
const areas = () => hc<AreasClient>(apiBase(), options).areas
const consents = () => hc<IdentityClient>(apiBase(), options).consents
const incidents = () => hc<IncidentsClient>(apiBase(), options).incidents
const own = () => hc<OwnIncidentsClient>(apiBase(), options).incidents
const media = () => hc<MediaClient>(apiBase(), options).media

export const listHotlines = async () => (await bodyOf(areas().hotlines.$get())).hotlines
export type Hotline = Awaited<ReturnType<typeof listHotlines>>[number]

export const listHamlets = async (unitCode: string) =>
  (await bodyOf(areas()[':unitCode'].hamlets.$get({ param: { unitCode } }))).hamlets

/** All units, and the code of the one that these pages belong to. */
export const listUnits = () => bodyOf(areas().$get())

/** Which unit a name or a point means; several when it is not certain. */
export const resolvePlace = (asked: { q: string } | { lat: number; lng: number }) =>
  bodyOf(
    areas().resolve.$get({
      query: 'q' in asked ? asked : { lat: String(asked.lat), lng: String(asked.lng) },
    }),
  )
export type Resolution = Awaited<ReturnType<typeof resolvePlace>>
export type Candidate = Resolution['candidates'][number]

export const getReportConsent = () =>
  bodyOf(consents().texts.$get({ query: { purpose: 'report' } }))

export type Near = { lat: number; lng: number; radiusM: number } | { unit: string }

const nearQuery = (near: Near) =>
  'unit' in near
    ? near
    : { lat: String(near.lat), lng: String(near.lng), radiusM: String(near.radiusM) }

/** Public cases, newest first. */
export const listIncidents = (near: Near, limit = 20): Promise<{ items: PublicIncident[] }> =>
  bodyOf(incidents().$get({ query: { ...nearQuery(near), limit: String(limit) } }))

export const getIncident = (code: string): Promise<PublicIncident> =>
  bodyOf(incidents()[':code'].$get({ param: { code } }))

/** The sender's own view of cases whose secrets this device keeps; unknown ones are left out. */
export const lookUpOwn = (
  cases: readonly { code: string; secret: string }[],
): Promise<{ items: OwnIncident[] }> =>
  bodyOf(
    own().lookup.$post({
      json: { cases: cases.map(({ code, secret }) => ({ code, secret })) },
    }),
  )

export const uploadPhoto = (photo: Blob, signal: AbortSignal) =>
  bodyOf(
    media().$post(
      { header: {}, form: { file: new File([photo], 'photo.jpg', { type: photo.type }) } },
      { init: { signal } },
    ),
  )
export type Upload = Awaited<ReturnType<typeof uploadPhoto>>
