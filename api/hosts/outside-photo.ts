import { lookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { MAX_PHOTO_BYTES } from '../files/index.ts'
import type { FetchedPhoto, FetchPhoto } from '../files/ports.ts'
import { isPublicAddress } from './public-address.ts'

const WHOLE_MS = 15_000
const MAX_REDIRECTS = 3
const PORTS: readonly number[] = [80, 443]

/** Whether we connect to an address; asked of every address that a name stands for. */
type IsAllowed = (address: string, port: number) => boolean
const onThePublicInternet: IsAllowed = (address, port) =>
  PORTS.includes(port) && isPublicAddress(address)

const failed = (code: string): FetchedPhoto => ({ kind: 'failed', code })
const FOREIGN = 'address_not_allowed'

/**
 * Brings a photo from an address that a partner named. It is checked when we connect, not before: a name that points
 * elsewhere the second time, or a redirect, leads to none of our own machines. Never throws.
 */
export const createFetchPhoto =
  (isAllowed: IsAllowed = onThePublicInternet): FetchPhoto =>
  async (given) => {
    const signal = AbortSignal.timeout(WHOLE_MS)
    let url = given
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const found = await getOnce(url, isAllowed, signal)
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

type Step = FetchedPhoto | { kind: 'moved'; to: string }

async function getOnce(address: string, isAllowed: IsAllowed, signal: AbortSignal): Promise<Step> {
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
    const headers = { accept: 'image/jpeg, image/png, image/webp', 'user-agent': 'Loa' }
    const how = { headers, signal, agent: false, lookup: checkedLookup(isAllowed, port) } as const
    send(url, how, resolve).on('error', reject).end()
  })
  return read(answer)
}

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

async function read(answer: IncomingMessage): Promise<Step> {
  const { statusCode: status = 0, headers } = answer
  try {
    if (status >= 300 && status < 400 && headers.location !== undefined)
      return { kind: 'moved', to: headers.location }
    const code = `http_${status}`
    if (status >= 500 || status === 429) return { kind: 'retry', code }
    if (status !== 200) return failed(code)
    if (/^text\//i.test(headers['content-type'] ?? '')) return failed('files.not_an_image')
    if (Number(headers['content-length'] ?? 0) > MAX_PHOTO_BYTES) return failed('files.too_large')
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer) {
      length += part.length
      if (length > MAX_PHOTO_BYTES) return failed('files.too_large')
      parts.push(part)
    }
    return { kind: 'file', bytes: new Uint8Array(Buffer.concat(parts)) }
  } finally {
    answer.destroy()
  }
}
