import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadStaticPages, type StaticPages } from '../../api/hosts/static-pages.ts'
import { removeDirs, temporaryDir } from './host.ts'

let pages: StaticPages
const SCRIPT = 'console.log(1);'.repeat(200)
beforeAll(() => {
  const dist = temporaryDir()
  mkdirSync(join(dist, 'assets'))
  for (const name of ['index', 'console', 'chat']) writeFileSync(join(dist, `${name}.html`), name)
  writeFileSync(join(dist, '.sources'), 'secret')
  writeFileSync(join(dist, 'assets/app-1a2b.js'), SCRIPT)
  writeFileSync(join(dist, 'assets/app-1a2b.js.br'), brotliCompressSync(SCRIPT))
  pages = loadStaticPages(dist, (path) => ({ 'x-path': path }))
})
afterAll(removeDirs)

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  pages(new Request(`http://loa.test${path}`, { headers, method }))

it.each([
  ['/', 'index'],
  ['/console', 'console'],
  ['/chat', 'chat'],
])('%s is a page, asked for anew each time', async (path, text) => {
  const response = get(path)
  expect(await response?.text()).toBe(text)
  expect(response?.headers.get('cache-control')).toBe('no-cache')
  expect(response?.headers.get('x-path')).toBe(path)
  expect(response?.headers.get('content-type')).toBe('text/html; charset=utf-8')
})

it('a page has one address', () => {
  const moved = get('/console/?a=1')
  expect([moved?.status, moved?.headers.get('location')]).toEqual([308, '/console?a=1'])
  expect(get('/console.html')).toBeUndefined()
})

it('a hashed file is kept for ever and comes compressed to who can read it', async () => {
  const plain = get('/assets/app-1a2b.js')
  expect(plain?.headers.get('cache-control')).toContain('immutable')
  expect(await plain?.text()).toBe(SCRIPT)
  const small = get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
  expect(small?.headers.get('content-encoding')).toBe('br')
  expect(small?.headers.get('vary')).toBe('accept-encoding')
  const bytes = Buffer.from((await small?.arrayBuffer()) ?? new ArrayBuffer(0))
  expect(brotliDecompressSync(bytes).toString()).toBe(SCRIPT)
  expect(small?.headers.get('content-length')).toBe(String(bytes.length))
})

it('what the browser has is not sent again', async () => {
  const etag = get('/')?.headers.get('etag') ?? ''
  const again = get('/', { 'if-none-match': etag })
  expect([again?.status, await again?.text()]).toEqual([304, ''])
  expect(get('/chat', { 'if-none-match': etag })?.status).toBe(200)
})

it.each(['/.sources', '/assets/app-1a2b.js.br', '/../package.json', '/%2e%2e/package.json', '/x'])(
  '%s is none of the pages',
  (path) => {
    expect(get(path)).toBeUndefined()
  },
)

it('only reading is answered, and a missing build is no error', async () => {
  expect(get('/', {}, 'POST')).toBeUndefined()
  expect(await get('/', {}, 'HEAD')?.text()).toBe('')
  expect(loadStaticPages('/nowhere/at/all', () => ({}))(new Request('http://loa.test/'))).toBe(
    undefined,
  )
})
