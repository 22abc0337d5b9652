import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
}
const PAGES: Record<string, string> = {
  '/': 'index.html',
  '/console': 'console.html',
  '/chat': 'chat.html',
}

type Encoding = 'br' | 'gzip'
type Asset = {
  bytes: Uint8Array<ArrayBuffer>
  encoded: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>
  etag: string
  type: string
  isImmutable: boolean
}

/** Answers a request for a page or a part of one; undefined when the path is none. */
export type StaticPages = (request: Request) => Response | undefined

const read = (path: string) => new Uint8Array(readFileSync(path))

function loadAsset(dist: string, name: string): Asset {
  const path = join(dist, name)
  const bytes = read(path)
  const asset: Asset = {
    bytes,
    encoded: {},
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    isImmutable: name.startsWith('assets/'),
  }
  if (existsSync(`${path}.br`)) asset.encoded.br = read(`${path}.br`)
  if (existsSync(`${path}.gz`)) asset.encoded.gzip = read(`${path}.gz`)
  return asset
}

const isServed = (dist: string, name: string) =>
  !/(^|[/\\])\./.test(name) && !/\.(br|gz)$/.test(name) && statSync(join(dist, name)).isFile()

/** Reads all of `dist` (some hundred kB) once; a request never becomes a path on the disk. */
export function loadStaticPages(
  dist: string,
  headersFor: (path: string) => Record<string, string>,
): StaticPages {
  if (!existsSync(dist)) return () => undefined
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  const assets = new Map<string, Asset>(
    names
      .filter((name) => isServed(dist, name))
      .map((name) => [`/${name.replaceAll('\\', '/')}`, loadAsset(dist, name)] as const),
  )
  for (const [path, file] of Object.entries(PAGES)) {
    const asset = assets.get(`/${file}`)
    if (asset === undefined) continue
    assets.set(path, asset)
    // One address a page: headers go by the path.
    assets.delete(`/${file}`)
  }
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const { pathname, search } = new URL(request.url)
    const bare = pathname.replace(/(.)\/+$/, '$1')
    if (bare !== pathname && PAGES[bare] !== undefined) {
      return new Response(null, { status: 308, headers: { location: `${bare}${search}` } })
    }
    const asset = assets.get(pathname)
    return asset === undefined ? undefined : respond(request, asset, headersFor(pathname))
  }
}

function respond(request: Request, asset: Asset, extra: Record<string, string>): Response {
  const headers = new Headers({
    ...extra,
    'content-type': asset.type,
    'cache-control': asset.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: asset.etag,
    vary: 'accept-encoding',
  })
  if (request.headers.get('if-none-match')?.includes(asset.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const accepted = request.headers.get('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find(
    (name) => asset.encoded[name] !== undefined && new RegExp(`\\b${name}\\b`).test(accepted),
  )
  const body = (encoding === undefined ? undefined : asset.encoded[encoding]) ?? asset.bytes
  if (encoding !== undefined) headers.set('content-encoding', encoding)
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}
