import { hc } from 'hono/client'
import type { OwnIncidentsClient } from '../../../api/rooms/incidents/index.ts'
import type { OwnIncident, Place, ReporterMove } from '../../../api/rooms/incidents/schema.ts'
import { apiBase, apiFetch, bodyOf } from '../shared/api.ts'
import { lookUpOwn } from './calls.ts'
import { ownCase } from './own-cases.ts'
import { isSignedIn } from './session.ts'

/** What a sender or follower asks of the API; all reject with `ApiProblem`. */

const own = () => hc<OwnIncidentsClient>(apiBase(), { fetch: apiFetch }).incidents
const secretOf = (code: string) => {
  const secret = ownCase(code)?.secret
  return secret === undefined ? {} : { secret }
}

/** Cases of whoever is signed in, newest first. */
export const listMine = async (): Promise<OwnIncident[]> => (await bodyOf(own().mine.$get())).items

/** The sender's view of a case, by the secret that this device keeps or as who is signed in; undefined: not theirs. */
export async function findOwn(code: string): Promise<OwnIncident | undefined> {
  const kept = ownCase(code)
  const [byDevice] = kept === undefined ? [] : (await lookUpOwn([kept])).items
  if (byDevice !== undefined || !isSignedIn()) return byDevice
  return (await listMine()).find((one) => one.publicCode === code)
}

export const moveOwn = (code: string, move: ReporterMove): Promise<OwnIncident> =>
  bodyOf(own()[':code'].moves.$post({ param: { code }, json: { ...secretOf(code), move } }))

type Added = { text?: string; media?: { mediaId: string; uploadSecret?: string }[] }

/** The same key again adds nothing. */
export const addToOwn = (code: string, key: string, added: Added): Promise<OwnIncident> =>
  bodyOf(
    own()[':code'].additions.$post({
      param: { code },
      header: { 'idempotency-key': key },
      json: { ...secretOf(code), ...added },
    }),
  )

export const answerSatisfaction = (code: string, score: number) =>
  bodyOf(own()[':code'].satisfaction.$post({ param: { code }, json: { ...secretOf(code), score } }))

export const getFollowing = (code: string) =>
  bodyOf(own()[':code'].follow.$get({ param: { code } }))
export const follow = (code: string) => bodyOf(own()[':code'].follow.$post({ param: { code } }))
export const unfollow = (code: string) => bodyOf(own()[':code'].follow.$delete({ param: { code } }))

/** Open public cases that may be the same. */
export const findSimilar = async (category: OwnIncident['category'], place: Place) =>
  (await bodyOf(own().similar.$post({ json: { category, place } }))).items
export type Similar = Awaited<ReturnType<typeof findSimilar>>[number]

/** What category the words of a report likely mean; they go in the body and are not kept. */
export const suggestCategory = (text: string, signal: AbortSignal) =>
  bodyOf(own().suggest.$post({ json: { text } }, { init: { signal } }))
