import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import { pickLanguage } from '../../locales/index.ts'
import type { Deps } from '../app.ts'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { newRequestId } from '../core/ids.ts'
import { createCtx } from './context.ts'
import { docsRoutes } from './docs.ts'
import { errorPageRoutes, problemPage } from './error-page.ts'
import { pageHeaders } from './headers.ts'
import { healthRoutes } from './health.ts'
import type { HttpEnv } from './kit.ts'
import { doorOf, limitActor, limitRemote } from './limits.ts'
import { errorFields } from './log.ts'
import { credentialsOf, refuseForgery, requestSource } from './origin.ts'
import { problemResponse, toAppError } from './problem.ts'
import { addressSet, callerAddress, remoteKey } from './remote.ts'

/** A JSON body of a request; the longest text of any room is 4,000 signs. */
const MAX_BODY_BYTES = 1_000_000
/** A photo of 10 MB with the multipart lines around it. */
const MAX_UPLOAD_BYTES = 10_500_000
/** An export of a one-stop system; it is read as a stream and never held. */
const MAX_IMPORT_BYTES = 200_000_000

/** Interfaces and pages beside our own API that read the database. */
const OTHER_DOORS = ['/open311/*', '/lite/*', '/cap/*', '/sensorthings/*']

type House = {
  /** The actor behind a session secret; null (or a thrown AppError) is nobody. */
  authenticate: (ctx: Ctx, secret: string, carrier: 'cookie' | 'bearer') => Promise<Actor | null>
  cookieName: string
  /** Mounts the rooms; paths are relative to `/api/v1`. */
  mount: (api: OpenAPIHono<HttpEnv>) => void
  /** Mounts interfaces whose addresses others have fixed; each path must be in OTHER_DOORS. */
  standards?: (root: OpenAPIHono<HttpEnv>) => void
}

/** The HTTP kit around the rooms: what every request goes through, in this order. */
export function createShell(deps: Deps, house: House): OpenAPIHono<HttpEnv> {
  const app = new OpenAPIHono<HttpEnv>()
  const fail = problemHandler(deps)
  app.onError((error, c) => fail(c, error))
  app.notFound((c) => fail(c, new AppError('http.not_found')))

  app.use('*', envelope(deps))
  app.use(
    '*',
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const answer = fail(c, new AppError('http.method_not_allowed'))
        answer.headers.set('Allow', methods.join(', '))
        return answer
      },
    }),
  )
  app.use('/api/*', embedCors(deps.embedOrigins))
  for (const path of ['/api/*', ...OTHER_DOORS]) {
    app.use(path, guard(deps, house.cookieName))
    app.use(path, bodyLimits)
    app.use(path, session(deps, house))
  }

  const api = new OpenAPIHono<HttpEnv>()
  house.mount(api)
  app.route('/api/v1', api)
  house.standards?.(app)
  app.route('/', healthRoutes(deps))
  app.route('/', errorPageRoutes(deps))
  app.route('/', docsRoutes(deps, app))
  return app
}

/** Logs what is ours to mend and words the answer in the reader's language. */
function problemHandler(deps: Deps) {
  return (c: Parameters<MiddlewareHandler<HttpEnv>>[0], error: unknown): Response => {
    const known = toAppError(error)
    const requestId = c.var.requestId ?? newRequestId(deps.ports.random)
    if (!(error instanceof AppError)) {
      const level = known.code === 'http.internal' ? 'error' : 'warn'
      deps.log[level]('http.failed', { requestId, code: known.code, ...errorFields(error) })
    }
    const t = deps.translators(c.var.language ?? 'vi')
    return c.req.path.startsWith('/lite')
      ? problemPage(c, known, t, requestId)
      : problemResponse(c, known, t, requestId)
  }
}

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/

/** Request id, language, caller; afterwards headers, one log line, counters. Inbound request ids are never taken over. */
function envelope(deps: Deps): MiddlewareHandler<HttpEnv> {
  const isTrusted = addressSet(deps.trustedProxies)
  return async (c, next) => {
    const startedAt = performance.now()
    const requestId = newRequestId(deps.ports.random)
    const wanted = c.req.query('lang') ?? c.req.header('x-loa-language')
    c.set('requestId', requestId)
    c.set('language', pickLanguage(wanted ?? c.req.header('accept-language')))
    const forwarded = c.req.header('x-forwarded-for')
    c.set('remote', remoteKey(callerAddress(deps.remoteAddress(c), forwarded, isTrusted)))
    await next()
    const { headers, status } = c.res
    headers.set('X-Request-Id', requestId)
    for (const [name, value] of Object.entries(pageHeaders(c.req.path, deps))) {
      if (!headers.has(name)) headers.set(name, value)
    }
    // Sentences differ by language, so no shared cache may mix them.
    if (c.req.path.startsWith('/api/')) headers.append('Vary', 'Accept-Language, X-Loa-Language')
    const seconds = (performance.now() - startedAt) / 1000
    const route = patternOf(routePath(c, -1))
    const method = METHODS.test(c.req.method) ? c.req.method : 'other'
    deps.meter.count('loa_http_requests_total', { route, method, status: String(status) })
    deps.meter.observe('loa_http_request_seconds', { route }, seconds)
    const ms = Math.round(seconds * 10_000) / 10
    deps.log.info('http.request', { requestId, method, route, status, ms })
  }
}

/** The pattern that was registered (`/api/v1/incidents/:code`), never the address that was asked for. */
const patternOf = (pattern: string): string => (/\*/.test(pattern) ? 'none' : pattern)

/** Bearer calls from embedding origins; never with cookies. */
function embedCors(origins: readonly string[]): MiddlewareHandler<HttpEnv> {
  return cors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'X-Loa-Conversation',
      'X-Loa-Language',
    ],
    exposeHeaders: ['X-Request-Id', 'X-Loa-Demo', 'Retry-After', 'ETag'],
    maxAge: 600,
  })
}

/** Limits by address and forgery, before anything is read or looked up. */
function guard(deps: Deps, cookieName: string): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const door = doorOf(c.req.method, c.req.path)
    if (door !== undefined) await limitRemote(deps.ports.limits, door, c.var.remote)
    const source = requestSource(c, deps.settings.publicUrl)
    refuseForgery(c, source, { embedOrigins: deps.embedOrigins, cookieName })
    await next()
  }
}

const tooLarge = (code: 'http.too_large' | 'files.too_large') => () => {
  throw new AppError(code)
}
const uploadLimit = bodyLimit({ maxSize: MAX_UPLOAD_BYTES, onError: tooLarge('files.too_large') })
const importLimit = bodyLimit({ maxSize: MAX_IMPORT_BYTES, onError: tooLarge('http.too_large') })
const jsonLimit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge('http.too_large') })

/** One photo, and a form with all of its photos. */
const UPLOADS = new Set(['/api/v1/media', '/lite/report'])

/** By the announced length at once, and by what really comes while it is read. */
const bodyLimits: MiddlewareHandler<HttpEnv> = (c, next) => {
  if (UPLOADS.has(c.req.path)) return uploadLimit(c, next)
  return c.req.path.startsWith('/api/v1/dossiers/imports/')
    ? importLimit(c, next)
    : jsonLimit(c, next)
}

/** Opens the database for this request, finds the actor, makes the ctx; closes the database after the answer. */
function session(deps: Deps, house: House): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { db, close } = deps.openDb()
    try {
      const ctx = createCtx(deps, {
        db,
        actor: { kind: 'anonymous' },
        language: c.var.language,
        requestId: c.var.requestId,
      })
      const source = requestSource(c, deps.settings.publicUrl)
      const given = credentialsOf(c, source, house.cookieName)
      const actor = given === undefined ? null : await whoIs(house.authenticate, ctx, given)
      const door = doorOf(c.req.method, c.req.path)
      if (actor !== null && door !== undefined) await limitActor(deps.ports.limits, door, actor)
      c.set('ctx', actor === null ? ctx : { ...ctx, actor })
      await next()
    } finally {
      closeAfter(c, deps, close)
    }
  }
}

/** An ended session reads public pages as anybody; use-cases that need somebody refuse by themselves. */
async function whoIs(
  authenticate: House['authenticate'],
  ctx: Ctx,
  given: { secret: string; carrier: 'cookie' | 'bearer' },
): Promise<Actor | null> {
  try {
    return await authenticate(ctx, given.secret, given.carrier)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** A stream still reads from the database after the handler has returned: then the last byte closes it. */
function closeAfter(
  c: Parameters<MiddlewareHandler<HttpEnv>>[0],
  deps: Deps,
  close: () => Promise<void>,
): void {
  const done = () => deps.background(close())
  const isEvents =
    (c.finalized && c.res.headers.get('content-type')?.startsWith('text/event-stream')) ?? false
  const streams = isEvents || c.var.keepsDbOpen === true
  if (!streams || c.res.body === null) {
    done()
    return
  }
  const relay = new TransformStream<Uint8Array, Uint8Array>()
  c.res.body.pipeTo(relay.writable).then(done, done)
  c.res = new Response(relay.readable, c.res)
}
