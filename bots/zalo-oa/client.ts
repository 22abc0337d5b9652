import { failedBeforeSending } from '../../api/core/network.ts'
import { at, numberOf } from './fields.ts'
import { parseJson } from './json.ts'

/** Origins of Zalo's services; fakes and relays inside Viet Nam stand in their place. */
export type ZaloRoots = { api: string; oauth: string; graph: string }

export const ZALO_ROOTS: ZaloRoots = {
  api: 'https://openapi.zalo.me',
  oauth: 'https://oauth.zaloapp.com',
  graph: 'https://graph.zalo.me',
}

/**
 * What came of a request; never thrown, and free of tokens. `not_sent`: no connection was made. `no_answer`: the
 * request may have been carried out.
 */
export type Answer =
  | { kind: 'ok'; data: unknown }
  | { kind: 'error'; error: number }
  | { kind: 'http'; status: number }
  | { kind: 'not_sent' }
  | { kind: 'no_answer' }

export type ZaloClient = {
  get(path: string, token: string, data?: Record<string, unknown>): Promise<Answer>
  post(path: string, token: string, body: unknown, timeoutMs?: number): Promise<Answer>
  /** One file as multipart field `file`. */
  upload(path: string, token: string, file: Blob, timeoutMs?: number): Promise<Answer>
  /** Trades a refresh token, which works once, for the next pair. */
  refresh(grant: { appId: string; appSecret: string; refreshToken: string }): Promise<Answer>
  /** Asks the graph about a person with that person's own token. */
  graph(path: string, headers: Record<string, string>): Promise<Answer>
}

type Options = {
  roots?: Partial<ZaloRoots>
  /** A fetch with another way out of the network (ZALO_PROXY). */
  fetch?: typeof fetch
  /** Adds `appsecret_proof` to calls of the OA API: demanded by graph, not known to be by the OA API. */
  proofKey?: string
}

/** Together with a refresh this ends well before the lease of a message does. */
const TIMEOUT_MS = 8_000

/** A thin client of Zalo's HTTP conventions: `access_token` header, JSON in `?data=`, failures inside a 200. */
export function createZaloClient(options: Options = {}): ZaloClient {
  const roots = { ...ZALO_ROOTS, ...options.roots }
  const send = options.fetch ?? fetch
  const url = (root: keyof ZaloRoots, path: string) => `${roots[root].replace(/\/+$/, '')}/${path}`

  const call = async (target: string, init: RequestInit, timeoutMs = TIMEOUT_MS) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await send(target, { ...init, redirect: 'manual', signal })
      return readAnswer(response.status, await response.text())
    } catch (error) {
      return failedBeforeSending(error) ? NOT_SENT : NO_ANSWER
    }
  }
  const headers = async (token: string): Promise<Record<string, string>> =>
    options.proofKey === undefined
      ? { access_token: token }
      : { access_token: token, appsecret_proof: await appSecretProof(token, options.proofKey) }

  return {
    get: async (path, token, data) => {
      const query = data === undefined ? '' : `?data=${encodeURIComponent(JSON.stringify(data))}`
      return call(url('api', path) + query, { headers: await headers(token) })
    },
    post: async (path, token, body, timeoutMs) => {
      const json = { ...(await headers(token)), 'content-type': 'application/json' }
      const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
      return call(url('api', path), init, timeoutMs)
    },
    upload: async (path, token, file, timeoutMs) => {
      const form = new FormData()
      form.set('file', file, file.type === 'image/png' ? 'picture.png' : 'picture.jpg')
      const init = { method: 'POST', headers: await headers(token), body: form }
      return call(url('api', path), init, timeoutMs)
    },
    refresh: ({ appId, appSecret, refreshToken }) =>
      call(url('oauth', 'v4/oa/access_token'), {
        method: 'POST',
        headers: { secret_key: appSecret },
        body: new URLSearchParams({
          refresh_token: refreshToken,
          app_id: appId,
          grant_type: 'refresh_token',
        }),
      }),
    graph: (path, own) => call(url('graph', path), { headers: own }),
  }
}

const NOT_SENT: Answer = { kind: 'not_sent' }
const NO_ANSWER: Answer = { kind: 'no_answer' }

function readAnswer(status: number, text: string): Answer {
  const body = parseJson(text)
  const error = numberOf(at(body, 'error'))
  if (error !== undefined && error !== 0) return { kind: 'error', error }
  if (status !== 200) return { kind: 'http', status }
  // A page of some proxy in between: nobody knows what happened behind it.
  if (typeof body !== 'object' || body === null) return NO_ANSWER
  return { kind: 'ok', data: at(body, 'data') ?? body }
}

/** Lower-case hex HMAC-SHA256 of an access token under the app secret. */
export async function appSecretProof(accessToken: string, appSecret: string): Promise<string> {
  const utf8 = new TextEncoder()
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8.encode(appSecret), hmac, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(accessToken)))
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
