import { noteDemoHeader } from './demo.ts'
import { currentLanguage } from './i18n.ts'

/** Slow mobile networks: longer than any healthy answer, shorter than a reader's patience. */
const TIMEOUT_MS = 20_000
const UPLOAD_TIMEOUT_MS = 120_000
/** The slowest line that a large file may still come by. */
const UPLOAD_BYTES_PER_MS = 50

export type ProblemIssue = { path: string; code: string; message: string }

/** The body of `application/problem+json`; title, detail and issue messages come in the reader's language. */
type ProblemBody = {
  title?: string
  detail?: string
  status?: number
  code?: string
  requestId?: string
  issues?: ProblemIssue[]
  changed?: unknown
}

/**
 * A call that did not succeed. `network.offline` and `network.timeout` never reached an answer; other codes are the
 * server's. `requestId` is the support code that a reader can tell the commune.
 */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly issues: readonly ProblemIssue[]
  readonly changed: unknown

  constructor(code: string, status: number, body: ProblemBody = {}) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.detail = body.detail
    this.requestId = body.requestId
    this.issues = body.issues ?? []
    this.changed = body.changed
  }
}

/** True when trying again later may help and nothing is known to be wrong with the request. */
export const isTransient = (problem: ApiProblem): boolean =>
  problem.status === 0 || problem.status === 429 || problem.status >= 500

const meta = (name: string): string | undefined =>
  document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') || undefined

/** Beside the pages, or at the origin in `<meta name="loa-api">` where a host serves only the pages. */
const atServer = (path: string): string =>
  new URL(path, meta('loa-api') ?? new URL('./', document.baseURI)).href

export const apiBase = (): string => atServer('api/v1')

/** Pages that stand beside the API and in no host's folder: the text page, the web chat, the officials' desk. */
export const serverUrl = (page: 'lite' | 'chat' | 'console'): string => atServer(page)

/** The address that anybody can open, whatever app the pages run in; `route` as in `#/case/…`. */
export const publicUrl = (route: string): string => atServer(`./${route}`)

/** The picture of a media id; private pictures answer only to officials who may see them. */
export const mediaUrl = (mediaId: string, size: 'full' | 'thumb' = 'full'): string =>
  `${apiBase()}/media/${encodeURIComponent(mediaId)}?size=${size}`

/** The same with the parts that were covered, for officials of the case. */
export const originalUrl = (mediaId: string, size: 'full' | 'thumb' = 'full'): string =>
  `${mediaUrl(mediaId, size)}&rendition=original`

let bearer: () => string | undefined = () => undefined
let onEnded: () => void = () => undefined

/** From now on calls carry this token; `ended` is called when the server no longer knows it. */
export function authorizeWith(token: () => string | undefined, ended: () => void): void {
  bearer = token
  onEnded = ended
}

/** Language and session, as every call of these pages carries them. */
export function ownHeaders(): Record<string, string> {
  const token = bearer()
  return {
    'Accept-Language': currentLanguage(),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const body: ProblemBody = isJson ? await response.json().catch(() => ({})) : {}
  const requestId = body.requestId ?? response.headers.get('x-request-id') ?? undefined
  return new ApiProblem(body.code ?? `http.${response.status}`, response.status, {
    ...body,
    ...(requestId === undefined ? {} : { requestId }),
  })
}

function patienceMs(body: BodyInit | null | undefined): number {
  if (body instanceof Blob) return UPLOAD_TIMEOUT_MS + body.size / UPLOAD_BYTES_PER_MS
  return body instanceof FormData ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS
}

/**
 * `fetch` with our language, a time-out and typed failures: resolves only for 2xx, rejects with `ApiProblem`. A signal
 * in `init` still aborts (`network.aborted`).
 */
export async function apiFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const token = bearer()
  const headers = new Headers({ ...Object.fromEntries(new Headers(init.headers)), ...ownHeaders() })
  const timeout = AbortSignal.timeout(Math.ceil(patienceMs(init.body)))
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout
  let response: Response
  try {
    response = await fetch(input, { credentials: 'same-origin', ...init, headers, signal })
  } catch {
    if (init.signal?.aborted) throw new ApiProblem('network.aborted', 0)
    throw new ApiProblem(timeout.aborted ? 'network.timeout' : 'network.offline', 0)
  }
  noteDemoHeader(response.headers)
  if (response.ok) return response
  const problem = await problemOf(response)
  if (problem.code === 'http.unauthenticated' && token !== undefined) onEnded()
  throw problem
}

type Answer = { ok: boolean; json: () => Promise<unknown> }
/** What a typed call resolves with when it succeeds. */
type Body<R extends Answer> = Awaited<ReturnType<Extract<R, { ok: true }>['json']>>

/** The body of a call of `hc<Room>(apiBase(), { fetch: apiFetch })`; failures are already `ApiProblem`. */
export async function bodyOf<R extends Answer>(call: Promise<R>): Promise<Body<R>> {
  return (await (await call).json()) as Body<R>
}

/** A call whose room has no client type (uploads, or a page that needs one field). */
export async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await apiFetch(`${apiBase()}${path}`, init)
  return response.status === 204 ? (undefined as T) : response.json()
}

/** `request` with a JSON body. */
export const postJson = <T>(path: string, body: unknown, headers: HeadersInit = {}): Promise<T> =>
  request<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
    body: JSON.stringify(body),
  })
