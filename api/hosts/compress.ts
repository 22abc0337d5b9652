import { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'

type Encoding = 'br' | 'gzip'

const COMPRESSIBLE = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/
/** Below this a header costs more than it saves. */
const MIN_BYTES = 1_024
const CACHE_MAX_BYTES = 8_000_000
/** Level 4 of brotli is as quick as gzip and a fifth smaller on our GeoJSON. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const compress = {
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, BROTLI),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
}
const stream = { br: () => createBrotliCompress(BROTLI), gzip: () => createGzip() }

/** The best encoding that the caller takes; undefined for none. `q=0` means: not this one. */
export function pickEncoding(acceptEncoding: string | null): Encoding | undefined {
  const taken = (acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim())
  if (taken.includes('br')) return 'br'
  return taken.includes('gzip') ? 'gzip' : undefined
}

const isPublic = (response: Response): boolean =>
  response.status === 200 &&
  /\bpublic\b/.test(response.headers.get('cache-control') ?? '') &&
  COMPRESSIBLE.test(response.headers.get('content-type') ?? '') &&
  !response.headers.has('content-encoding')

/**
 * Compresses answers that are public. Nothing else: where a secret and a caller's own text share a body, its compressed
 * length tells about the secret. A body with an ETag is compressed once and kept while it is asked for.
 */
export function createCompressor(): (request: Request, response: Response) => Promise<Response> {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  let keptBytes = 0
  const keep = (key: string, bytes: Uint8Array<ArrayBuffer>) => {
    kept.set(key, bytes)
    keptBytes += bytes.length
    for (const [oldest, { length }] of kept) {
      if (keptBytes <= CACHE_MAX_BYTES) break
      kept.delete(oldest)
      keptBytes -= length
    }
  }
  const encodeWhole = async (response: Response, etag: string, encoding: Encoding) => {
    const key = `${encoding} ${etag}`
    const known = kept.get(key)
    if (known !== undefined) return { bytes: known, isEncoded: true }
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length < MIN_BYTES) return { bytes, isEncoded: false }
    const encoded = new Uint8Array(await compress[encoding](bytes))
    if (!kept.has(key)) keep(key, encoded)
    return { bytes: encoded, isEncoded: true }
  }
  return async (request, response) => {
    if (!isPublic(response)) return response
    response.headers.append('Vary', 'Accept-Encoding')
    const encoding = pickEncoding(request.headers.get('accept-encoding'))
    if (encoding === undefined || request.method === 'HEAD') return response
    const { headers } = response
    const etag = headers.get('etag')
    if (etag === null) {
      if (response.body === null) return response
      headers.set('Content-Encoding', encoding)
      headers.delete('Content-Length')
      const packed = response.body.pipeThrough(Duplex.toWeb(stream[encoding]()) as Transform)
      return new Response(packed, { status: 200, headers })
    }
    const { bytes, isEncoded } = await encodeWhole(response, etag, encoding)
    if (isEncoded) headers.set('Content-Encoding', encoding)
    headers.delete('Content-Length')
    return new Response(bytes, { status: 200, headers })
  }
}

type Transform = ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>
