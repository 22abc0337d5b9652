import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Fetched, FetchOutside } from '../files/ports.ts'
import { isPublicAddress } from './public-address.ts'

const WHOLE_MS = 15_000
const MAX_REDIRECTS = 3
const PORTS: readonly number[] = [80, 443]

/** Whether we connect to an address; asked of every address that a name stands for. */
export type IsAllowed = (address: string, port: number) => boolean
const onThePublicInternet: IsAllowed = (address, port) =>
  PORTS.includes(port) && isPublicAddress(address)

export type OriginHeaders = Readonly<Record<string, Readonly<Record<string, string>>>>

const failed = (code: string): Fetched => ({ kind: 'failed', code })
const FOREIGN = 'address_not_allowed'

/** What is wanted, how large it may be, and the codes of what is not taken. */
export type Wanted = {
  accept: string
  maxBytes: number
  tooLarge: string
  /** For all redirects and the body together. */
  wholeMs?: number
  /** Headers that an origin alone gets, such as a key. */
  originHeaders?: OriginHeaders
  refuses?: { type: RegExp; code: string }
}

/**
 * Brings a file from an address that somebody outside named. It is checked when we connect, not before: a name that
 * points elsewhere the second time, or a redirect, leads to none of our own machines. Never throws.
 */
export const createFetchOutside =
  (wanted: Wanted, isAllowed: IsAllowed = onThePublicInternet): FetchOutside =>
  async (given, { bearer, version } = {}) => {
    const signal = AbortSignal.timeout(wanted.wholeMs ?? WHOLE_MS)
    let url = given
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const isTheirs = URL.canParse(url) && new URL(url).origin === new URL(given).origin
        const token = isTheirs ? bearer : undefined
        const found = await getOnce(url, { wanted, isAllowed, signal, bearer: token, version })
        if (found.kind !== 'moved') return found
        if (!URL.canParse(found.to, url)) return failed('bad_redirect')
        url = new URL(found.to, url).href
      }
      return failed('too_many_redirects')
    } catch (error) {
      return error instanceof NotAllowed ? failed(FOREIGN) : { kind: 'retry', code: 'network' }
    }
  }

class NotAllowed extends Error {}

type Step = Fetched | { kind: 'moved'; to: string }

type How = {
  wanted: Wanted
  isAllowed: IsAllowed
  signal: AbortSignal
  bearer: string | undefined
  version: string | undefined
}

async function getOnce(address: string, how: How): Promise<Step> {
  const { wanted, isAllowed, signal, bearer, version } = how
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return failed('bad_url')
  if (url.username !== '' || url.password !== '') return failed('bad_url')
  const isHttps = url.protocol === 'https:'
  const port = url.port === '' ? (isHttps ? 443 : 80) : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Names are checked below; an address by itself is never looked up.
  if (isIP(host) !== 0 && !isAllowed(host, port)) return failed(FOREIGN)
  const send = isHttps ? httpsRequest : httpRequest
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      accept: wanted.accept,
      'user-agent': 'Loa',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(version === undefined ? {} : condition(version)),
      ...wanted.originHeaders?.[url.origin],
    }
    const options = {
      headers,
      signal,
      agent: false,
      lookup: checkedLookup(isAllowed, port),
    } as const
    send(url, options, resolve).on('error', reject).end()
  })
  return read(answer, how)
}

/** A version is an entity tag, which is quoted, or else a date. */
const condition = (version: string) =>
  version.endsWith('"') ? { 'if-none-match': version } : { 'if-modified-since': version }

/** Looks a name up for a connection, and lets it go on only when every answer is allowed. */
const checkedLookup =
  (isAllowed: IsAllowed, port: number): LookupFunction =>
  (name, options, done) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, [])
      const [first] = found
      if (first === undefined || !found.every(({ address }) => isAllowed(address, port)))
        return done(new NotAllowed(), [])
      return options.all === true ? done(null, found) : done(null, first.address, first.family)
    })

async function read(answer: IncomingMessage, { wanted, version: known }: How): Promise<Step> {
  const { maxBytes, refuses, tooLarge } = wanted
  const { statusCode: status = 0, headers } = answer
  try {
    if (status >= 300 && status < 400 && headers.location !== undefined)
      return { kind: 'moved', to: headers.location }
    const code = `http_${status}`
    if (status === 304 && known !== undefined) return { kind: 'unchanged', code }
    if (status >= 500 || status === 429) return { kind: 'retry', code }
    if (status !== 200) return failed(code)
    if (refuses?.type.test(headers['content-type'] ?? '')) return failed(refuses.code)
    if (Number(headers['content-length'] ?? 0) > maxBytes) return failed(tooLarge)
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer) {
      length += part.length
      if (length > maxBytes) return failed(tooLarge)
      parts.push(part)
    }
    const version = headers.etag ?? headers['last-modified']
    const bytes = new Uint8Array(Buffer.concat(parts))
    return { kind: 'file', bytes, ...(version === undefined ? {} : { version }) }
  } finally {
    answer.destroy()
  }
}
