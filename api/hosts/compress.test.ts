import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createCompressor, pickEncoding } from './compress.ts'

const BIG = 'phản ánh hiện trường '.repeat(200)
const answer = (headers: Record<string, string> = {}, body = BIG) =>
  new Response(body, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, max-age=1',
      ...headers,
    },
  })
const ask = (acceptEncoding: string) =>
  new Request('http://loa/', { headers: { 'Accept-Encoding': acceptEncoding } })
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

describe('compression', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate', undefined],
    [null, undefined],
  ])('of a caller that takes %s is %s', (accepted, picked) => {
    expect(pickEncoding(accepted)).toBe(picked)
  })

  it('gives back the same bytes, whole or as a stream', async () => {
    const compress = createCompressor()
    const kinds: Record<string, string>[] = [{ ETag: 'W/"1"' }, {}]
    for (const headers of kinds) {
      const br = await compress(ask('br'), answer(headers))
      expect(br.headers.get('content-encoding')).toBe('br')
      expect(br.headers.get('vary')).toBe('Accept-Encoding')
      expect(brotliDecompressSync(await bytesOf(br)).toString()).toBe(BIG)
      const gz = await compress(ask('gzip'), answer(headers))
      expect(gunzipSync(await bytesOf(gz)).toString()).toBe(BIG)
    }
  })

  it('keeps a compressed body as long as its ETag says that it is the same', async () => {
    const compress = createCompressor()
    await compress(ask('br'), answer({ ETag: 'W/"1"' }))
    const same = await compress(ask('br'), answer({ ETag: 'W/"1"' }, 'not read'))
    expect(brotliDecompressSync(await bytesOf(same)).toString()).toBe(BIG)
    const other = await compress(ask('br'), answer({ ETag: 'W/"2"' }, `${BIG}!`))
    expect(brotliDecompressSync(await bytesOf(other)).toString()).toBe(`${BIG}!`)
  })

  it.each([
    ['private', { 'Cache-Control': 'no-store' }, BIG],
    ['a picture', { 'Content-Type': 'image/png' }, BIG],
    ['a stream of events', { 'Content-Type': 'text/event-stream' }, BIG],
    ['compressed already', { 'Content-Encoding': 'gzip' }, BIG],
    ['tiny', { ETag: 'W/"3"' }, 'tiny'],
  ])('leaves alone what is %s', async (_what, headers, body) => {
    const had = (headers as Record<string, string>)['Content-Encoding'] ?? null
    const sent = await createCompressor()(ask('br'), answer(headers, body))
    expect(sent.headers.get('content-encoding')).toBe(had)
    expect(await sent.text()).toBe(body)
  })
})
