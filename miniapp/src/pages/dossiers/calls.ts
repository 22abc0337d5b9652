import { hc } from 'hono/client'
import type { DossierFollowsClient, DossiersClient } from '../../../../api/rooms/dossiers/index.ts'
import { apiBase, apiFetch, bodyOf } from '../../shared/api.ts'

/** Dossiers and procedures; codes go in bodies, never in an address. All reject with `ApiProblem`. */

const options = { fetch: apiFetch }
const dossiers = () => hc<DossiersClient>(apiBase(), options).dossiers
const follows = () => hc<DossierFollowsClient>(apiBase(), options)

export type Asked = { code: string; digits?: string }

export const lookUp = (json: Asked) => bodyOf(dossiers().lookup.$post({ json }))
export type Found = Awaited<ReturnType<typeof lookUp>>
export type Dossier = Extract<Found, { outcome: 'found' }>['dossier']

export const listFollowed = async () => (await bodyOf(follows().dossiers.followed.$get())).items
export const followDossier = (json: Asked & { consentVersion?: number }) =>
  bodyOf(follows().dossiers.followed.$post({ json }))
export const unfollowDossier = (code: string) =>
  follows().dossiers.followed.end.$post({ json: { code } })

export type Followed = Awaited<ReturnType<typeof listFollowed>>[number]

/** A code with which a relative may follow too; shown this once. */
export const delegateDossier = (code: string) =>
  bodyOf(follows().dossiers.delegations.$post({ json: { code } }))
/** Ends one relative by id, the codes that nobody took, or both for everybody. */
export const endDelegation = (code: string, which: string) =>
  follows().dossiers.delegations.end.$post({ json: { code, which } })
export const takeDelegation = (json: { delegation: string; consentVersion?: number }) =>
  bodyOf(follows().dossiers.delegations.accept.$post({ json }))

export const findProcedures = (query: { q: string } | { lifeEvent: string }) =>
  bodyOf(follows().procedures.$get({ query }))
export type Procedure = Awaited<ReturnType<typeof findProcedures>>['items'][number]
export const getProcedure = (code: string): Promise<Procedure> =>
  bodyOf(follows().procedures[':code'].$get({ param: { code } }))
/** Names of what happens in life, with how many procedures each has. */
export const listLifeEvents = async () => (await bodyOf(follows().procedures.events.$get())).events
