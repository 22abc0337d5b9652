import type { Settings } from '../context.ts'

type PageDeps = {
  settings: Pick<Settings, 'publicUrl' | 'isDemo'>
  embedOrigins: readonly string[]
  tilesUrl: string | null
}

const YEAR_SECONDS = 31_536_000
const isUnder = (path: string, root: string) => path === root || path.startsWith(`${root}/`)

/**
 * Strict: no inline script or style, no foreign source but the configured map tiles; `blob:` and `data:` only for
 * pictures chosen by the person.
 */
const policy = (frameAncestors: string, tilesUrl: string | null) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: data:${tilesOrigin(tilesUrl)}`,
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ')

/** A tile address may name its servers by `{s}`; a pattern covers them. */
function tilesOrigin(tilesUrl: string | null): string {
  if (tilesUrl === null) return ''
  const { origin } = new URL(tilesUrl.replace('{s}.', 'any-server.'))
  return ` ${origin.replace('any-server.', '*.')}`
}

/** Answers for programs. */
const DATA = ['/api', '/open311', '/cap', '/sensorthings']
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * Security headers of any answer, by its path. Only the resident's pages may stand in a frame, and only in those of
 * EMBED_ORIGINS; officials' pages and data never.
 */
export function pageHeaders(path: string, deps: PageDeps): Record<string, string> {
  const isHttps = deps.settings.publicUrl.startsWith('https:')
  const common = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(isHttps ? { 'Strict-Transport-Security': `max-age=${YEAR_SECONDS}` } : {}),
  }
  if (DATA.some((root) => isUnder(path, root))) {
    return {
      ...common,
      // Pages show the demo banner until an answer says that this is the real thing.
      'X-Loa-Demo': deps.settings.isDemo ? 'yes' : 'no',
      // A route that may be cached says so itself.
      'Cache-Control': 'no-store',
      'Content-Security-Policy': DATA_POLICY,
      'Cross-Origin-Resource-Policy': 'same-origin',
    }
  }
  const page = {
    ...common,
    'Permissions-Policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
  }
  if (isUnder(path, '/console')) {
    return {
      ...page,
      'Content-Security-Policy': policy("'none'", null),
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    }
  }
  return {
    ...page,
    'Content-Security-Policy': policy(["'self'", ...deps.embedOrigins].join(' '), deps.tilesUrl),
    'Cross-Origin-Resource-Policy': deps.embedOrigins.length > 0 ? 'cross-origin' : 'same-origin',
  }
}
