import { type LngLat, lngLat } from '../../api/core/geo.ts'
import { type Answer, appSecretProof, type ZaloClient } from './client.ts'
import { phoneOf } from './content.ts'
import { classifyError, failureCode } from './errors.ts'
import { at, idOf, numberOf, textOf } from './fields.ts'

type Found<T> = { ok: true; value: T } | { ok: false; code: string; isOurs: boolean }

/**
 * Who and where a person of the mini-app is. Outside Viet Nam Zalo refuses names, numbers and places (−501, code
 * `EGRESS_OUTSIDE_VIETNAM`). `isOurs`: an operator or the network is at fault, not the person's token.
 */
export function createGraph(client: Pick<ZaloClient, 'graph'>, appSecret: string) {
  const info = (accessToken: string, code: string) =>
    client.graph('v2.0/me/info', { access_token: accessToken, code, secret_key: appSecret })

  return {
    /** The person's id within the app; it needs no consent. */
    findId: async (accessToken: string): Promise<Found<string>> => {
      const appsecret_proof = await appSecretProof(accessToken, appSecret)
      const headers = { access_token: accessToken, appsecret_proof }
      return found(await client.graph('v2.0/me?fields=id', headers), (data) => idOf(at(data, 'id')))
    },
    /** The display name, with consent only. */
    findName: async (accessToken: string): Promise<Found<string>> => {
      const appsecret_proof = await appSecretProof(accessToken, appSecret)
      const headers = { access_token: accessToken, appsecret_proof }
      const answer = await client.graph('v2.0/me?fields=id,name', headers)
      return found(answer, (data) => textOf(at(data, 'name')))
    },
    /** The phone number behind a code of `getPhoneNumber()`: two minutes, one use. */
    findPhone: async (accessToken: string, code: string): Promise<Found<string>> =>
      found(await info(accessToken, code), (data) => phoneOf(at(data, 'number'))),
    /** The place behind a code of `getLocation()`. */
    findPlace: async (accessToken: string, code: string): Promise<Found<LngLat>> =>
      found(await info(accessToken, code), (data) => {
        const lng = numberOf(at(data, 'longitude'))
        const lat = numberOf(at(data, 'latitude'))
        return lng === undefined || lat === undefined ? undefined : lngLat(lng, lat)
      }),
  }
}

function found<T>(answer: Answer, read: (data: unknown) => T | undefined): Found<T> {
  if (answer.kind === 'error') {
    const { kind, code } = classifyError(answer.error)
    return { ok: false, code, isOurs: kind === 'human' || kind === 'backoff' }
  }
  if (answer.kind !== 'ok') return { ok: false, code: failureCode('graph_away'), isOurs: true }
  const value = read(answer.data)
  if (value !== undefined) return { ok: true, value }
  return { ok: false, code: failureCode('graph_empty'), isOurs: false }
}
