import type { Context } from 'hono'
import { AppError } from '../core/errors.ts'

const SAFE = /^(GET|HEAD|OPTIONS)$/

/** Where a browser says a request comes from. `none` is a person typing the address, `unknown` no browser or an old one. */
export type RequestSource = 'same-origin' | 'foreign' | 'none' | 'unknown'

/**
 * Reads `Sec-Fetch-Site`, else compares `Origin` with our own (PUBLIC_URL, or the host that the request was sent to).
 * A page cannot set either header.
 */
export function requestSource(c: Context, publicUrl: string): RequestSource {
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return site
  if (site !== undefined) return 'foreign'
  const origin = c.req.header('origin')
  if (origin === undefined) return 'unknown'
  const own = URL.canParse(publicUrl) ? new URL(publicUrl).origin : publicUrl
  const sentTo = c.req.header('host') ?? new URL(c.req.url).host
  const isOwn = origin === own || (URL.canParse(origin) && new URL(origin).host === sentTo)
  return isOwn ? 'same-origin' : 'foreign'
}

const cookieOf = (c: Context, name: string): string | undefined =>
  c.req
    .header('cookie')
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)

export type Credentials = { secret: string; carrier: 'cookie' | 'bearer' }

/**
 * The session secret that a request may use: a bearer always, the cookie only where the request is not another site's.
 * With a bearer the cookie is not looked at.
 */
export function credentialsOf(
  c: Context,
  source: RequestSource,
  cookieName: string,
): Credentials | undefined {
  const bearer = /^Bearer +([\w.~+/=-]{1,512})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (bearer !== undefined) return { secret: bearer, carrier: 'bearer' }
  if (c.req.header('authorization') !== undefined || source === 'foreign') return undefined
  const cookie = cookieOf(c, cookieName)
  return cookie === undefined || cookie === '' ? undefined : { secret: cookie, carrier: 'cookie' }
}

/**
 * Refuses changes that another site's page could have caused (`http.csrf`). A cookie needs proof of our own origin; a
 * request without cookie passes unless a browser marks it foreign; embedding origins may send bearers.
 */
export function refuseForgery(
  c: Context,
  source: RequestSource,
  allowed: { embedOrigins: readonly string[]; cookieName: string },
): void {
  if (SAFE.test(c.req.method)) return
  const isEmbed = allowed.embedOrigins.includes(c.req.header('origin') ?? '')
  const hasBearer = c.req.header('authorization') !== undefined
  if (source === 'foreign') {
    if (!isEmbed && !hasBearer) throw new AppError('http.csrf')
    return
  }
  if (source === 'same-origin' || hasBearer) return
  if (cookieOf(c, allowed.cookieName) !== undefined) throw new AppError('http.csrf')
}
