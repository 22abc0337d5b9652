import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../api/app.ts'
import { newRouter } from '../../api/http/kit.ts'
import { DOORS, doorOf } from '../../api/http/limits.ts'
import { createShell } from '../../api/http/shell.ts'
import { openDatabase, type TestDb, testSettings } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

const EMBED = 'https://super.example'

const appWith = (overrides: Partial<Deps> = {}) =>
  testApp(test.db, { embedOrigins: [EMBED], ...overrides }, (deps) =>
    createShell(deps, {
      authenticate: async (_ctx, secret, carrier) =>
        secret.startsWith('good') ? { kind: 'resident', residentId: `${secret}-${carrier}` } : null,
      cookieName: 'loa_session',
      mount: (api) => {
        const router = newRouter()
        router.all('/thing', async (c) => {
          const size = (await c.req.arrayBuffer()).byteLength
          return c.json({ actor: c.var.ctx.actor, size })
        })
        router.post('/session', (c) => c.json({}))
        api.route('/', router)
      },
    }),
  )

const statusOf = async (
  app: ReturnType<typeof appWith>,
  headers: Record<string, string>,
  method = 'POST',
) => {
  const response = await app.app.request('/api/v1/thing', { method, headers })
  return response.status
}

describe('forgery', () => {
  const cookie = { cookie: 'loa_session=good' }
  const cases: [string, Record<string, string>, number][] = [
    ['cookie, browser says same origin', { ...cookie, 'sec-fetch-site': 'same-origin' }, 200],
    ['cookie, cross site', { ...cookie, 'sec-fetch-site': 'cross-site' }, 403],
    ['cookie, sibling host', { ...cookie, 'sec-fetch-site': 'same-site' }, 403],
    ['cookie, typed address', { ...cookie, 'sec-fetch-site': 'none' }, 403],
    ['cookie, old browser, own origin', { ...cookie, origin: testSettings.publicUrl }, 200],
    ['cookie, old browser, host it was sent to', { ...cookie, origin: 'http://localhost' }, 200],
    ['cookie, old browser, other origin', { ...cookie, origin: 'https://evil.example' }, 403],
    ['cookie, sandboxed frame', { ...cookie, origin: 'null' }, 403],
    ['cookie, no browser headers', cookie, 403],
    ['no cookie, program', {}, 200],
    ['no cookie, cross-site form', { 'sec-fetch-site': 'cross-site', origin: 'https://e.ex' }, 403],
    ['no cookie, embedding origin', { 'sec-fetch-site': 'cross-site', origin: EMBED }, 200],
    ['bearer, anywhere', { authorization: 'Bearer good', 'sec-fetch-site': 'cross-site' }, 200],
  ]
  it.each(cases)('%s', async (_name, headers, status) => {
    expect(await statusOf(appWith(), headers)).toBe(status)
  })

  it('reading needs no proof of origin, but a foreign page reads as nobody', async () => {
    const actorOf = async (headers: Record<string, string>) => {
      const response = await appWith().app.request('/api/v1/thing', { headers })
      return ((await response.json()) as { actor: { kind: string } }).actor.kind
    }
    expect(await actorOf(cookie)).toBe('resident')
    expect(await actorOf({ ...cookie, 'sec-fetch-site': 'cross-site' })).toBe('anonymous')
    expect(await actorOf({ ...cookie, authorization: 'Basic Z29vZA==' })).toBe('anonymous')
    expect(await actorOf({ cookie: 'other=1; loa_session=good' })).toBe('resident')
    expect(await actorOf({ cookie: 'xloa_session=good' })).toBe('anonymous')
  })

  it('an embedding origin never acts by cookie', async () => {
    const response = await appWith().app.request('/api/v1/thing', {
      method: 'POST',
      headers: { ...cookie, origin: EMBED, 'sec-fetch-site': 'cross-site' },
    })
    expect(await response.json()).toMatchObject({ actor: { kind: 'anonymous' } })
  })
})

describe('CORS', () => {
  const preflight = (origin: string) =>
    appWith().app.request('/api/v1/thing', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })

  it('opens the API to embedding origins, without credentials', async () => {
    const response = await preflight(EMBED)
    expect(response.headers.get('access-control-allow-origin')).toBe(EMBED)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/Authorization/i)
    expect(response.headers.has('access-control-allow-credentials')).toBe(false)
    expect(response.headers.get('vary')).toMatch(/origin/i)
  })

  it('stays closed to every other origin', async () => {
    for (const origin of ['https://evil.example', 'null', `${EMBED}.evil.example`]) {
      expect((await preflight(origin)).headers.has('access-control-allow-origin')).toBe(false)
    }
  })
})

describe('headers', () => {
  const headersOf = async (path: string, overrides: Partial<Deps> = {}) =>
    (await appWith(overrides).request(path)).headers

  it('residents’ pages may stand in a frame of EMBED_ORIGINS only, officials’ pages and data in none', async () => {
    const csp = async (path: string) => (await headersOf(path)).get('content-security-policy')
    expect(await csp('/')).toContain(`frame-ancestors 'self' ${EMBED}`)
    expect(await csp('/console')).toContain("frame-ancestors 'none'")
    expect(await csp('/console/incidents/1')).toContain("frame-ancestors 'none'")
    expect(await csp('/api/v1/thing')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect((await headersOf('/console')).get('x-frame-options')).toBe('DENY')
    expect((await headersOf('/')).has('x-frame-options')).toBe(false)
  })

  it('no page may run inline or foreign script', async () => {
    for (const path of ['/', '/console', '/docs', '/errors/http.internal']) {
      const csp = (await headersOf(path)).get('content-security-policy') ?? ''
      expect(csp).toContain("script-src 'self';")
      expect(csp).not.toMatch(/unsafe|\*/)
    }
  })

  it('every answer is nosniff and without referrer, problems too', async () => {
    for (const path of ['/', '/api/v1/thing', '/api/v1/none', '/healthz']) {
      const headers = await headersOf(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('asks for https for a year only where the public address is https', async () => {
    expect((await headersOf('/')).has('strict-transport-security')).toBe(false)
    const settings = { ...testSettings, publicUrl: 'https://loa.example' }
    expect((await headersOf('/', { settings })).get('strict-transport-security')).toMatch(
      /31536000/,
    )
  })
})

describe('body limits', () => {
  const send = (init: RequestInit & { duplex?: 'half' }) =>
    appWith().app.request('/api/v1/thing', { method: 'POST', ...init })

  it('refuses by the announced length', async () => {
    const response = await send({
      body: new Uint8Array(1_000_001),
      headers: { 'content-length': '1000001' },
    })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'http.too_large' })
  })

  it('stops reading a body that announces nothing', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1
        controller.enqueue(new Uint8Array(100_000))
        if (sent === 1000) controller.close()
      },
    })
    expect((await send({ body, duplex: 'half' })).status).toBe(413)
    expect(sent).toBeLessThan(20)
  })

  it('takes what fits', async () => {
    expect((await send({ body: new Uint8Array(999_000) })).status).toBe(200)
  })
})

describe('limits', () => {
  const untilRefused = async (app: ReturnType<typeof appWith>, headers: Record<string, string>) => {
    for (let n = 0; n <= 5000; n++) {
      const response = await app.app.request('/api/v1/session', { method: 'POST', headers })
      if (response.status === 429) return { n, response }
    }
    throw new Error('never refused')
  }

  it('a door lets through what it says, then 429 with the time to wait', async () => {
    const app = appWith()
    const door = doorOf('POST', '/api/v1/session')
    const { n, response } = await untilRefused(app, {})
    expect(n).toBe(door?.perRemote)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await response.json()).toMatchObject({
      code: 'http.rate_limited',
      params: { seconds: 60 },
    })
    expect((await app.request('/api/v1/thing')).status).toBe(200)
  })

  it('each address has its own count, read behind the trusted proxy only', async () => {
    const proxied = appWith({ trustedProxies: ['192.0.2.0/24'] })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    await untilRefused(proxied, from('198.51.100.1'))
    const other = await proxied.app.request('/api/v1/session', {
      method: 'POST',
      headers: from('198.51.100.2'),
    })
    expect(other.status).toBe(200)

    const direct = appWith()
    await untilRefused(direct, from('198.51.100.1'))
    const claimed = await direct.app.request('/api/v1/session', {
      method: 'POST',
      headers: from('198.51.100.2'),
    })
    expect(claimed.status).toBe(429)
  })

  it('a person is counted over all addresses', async () => {
    let n = 0
    const app = appWith({ remoteAddress: () => `198.51.${(n >> 8) & 255}.${n++ & 255}` })
    const headers = { authorization: 'Bearer good-one' }
    const { n: let_through } = await untilRefused(app, headers)
    expect(let_through).toBe(doorOf('POST', '/api/v1/session')?.perActor)
  })

  it('every method and path of the API is behind a door', () => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      expect(doorOf(method, '/api/v1/anything/at/all')).toBeDefined()
    }
    expect(new Set(DOORS.map((door) => door.name)).size).toBe(DOORS.length)
  })
})
