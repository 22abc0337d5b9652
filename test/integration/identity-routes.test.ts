import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createShell } from '../../api/http/shell.ts'
import {
  actorForSecret,
  createOfficial,
  identityRoutes,
  seedConsentTexts,
  sessionCookieName,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb, testCtx, testSettings } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'

let test: TestDb
let house: TestApp
beforeAll(async () => {
  test = await openDatabase()
})
const openHouse = (publicUrl: string) =>
  testApp(test.db, { settings: { ...testSettings, publicUrl } }, (deps) =>
    createShell(deps, {
      authenticate: actorForSecret,
      cookieName: sessionCookieName(deps.settings),
      mount: (api) => {
        api.route('/', identityRoutes())
      },
    }),
  )
beforeEach(async () => {
  await test.truncate()
  house = openHouse('http://127.0.0.1:8080')
  await createOfficial(testCtx(test.db), {
    login: 'hoai.an',
    displayName: 'Lê Hoài An',
    password: 'lúa chín ngoài đồng',
    roles: ['dispatcher'],
    capabilities: ['duty'],
    unitCode: '19867',
    agencyCode: null,
  })
})
afterAll(() => test.close())

const signIn = (login = 'hoai.an', password = 'lúa chín ngoài đồng') =>
  house.request('/api/v1/session', { json: { login, password } })
/** Name and value of the cookie that an answer sets. */
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const call = async (method: string, path: string, cookie = '') => {
  const headers: Record<string, string> = cookie === '' ? {} : { cookie }
  const response = await house.request(`/api/v1${path}`, { method, headers })
  const text = await response.text()
  return { response, status: response.status, body: text === '' ? null : JSON.parse(text) }
}

describe('POST /session', () => {
  it('sets an HttpOnly cookie and answers who it is, without the secret', async () => {
    const response = await signIn()
    expect(response.status).toBe(200)
    const body = await response.text()
    expect(JSON.parse(body)).toEqual({
      official: {
        id: expect.any(String),
        login: 'hoai.an',
        displayName: 'Lê Hoài An',
        roles: ['dispatcher'],
        capabilities: ['duty'],
        unitCode: '19867',
        agencyCode: null,
      },
      step: { next: 'none' },
    })
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/)
    expect(body).not.toContain(cookieOf(response).split('=')[1])
  })

  it('answers 401 to a wrong password and 422 to a body that is none', async () => {
    const wrong = await signIn('hoai.an', 'sai mật khẩu rồi')
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ code: 'identity.wrong_login' })
    expect(wrong.headers.get('set-cookie')).toBeNull()
    const empty = await house.request('/api/v1/session', { json: { login: 'hoai.an' } })
    expect(empty.status).toBe(422)
  })

  it('answers 429 with the time to wait', async () => {
    let last = await signIn('hoai.an', 'sai mật khẩu rồi')
    for (let i = 0; i < 5; i++) last = await signIn('hoai.an', 'sai mật khẩu rồi')
    expect(last.status).toBe(429)
    expect(await last.json()).toMatchObject({ code: 'identity.too_many_attempts' })
    expect(last.headers.get('retry-after')).toBe('60')
  })
})

describe('the session', () => {
  it('is told to its holder, null to anybody else, and is over after signing out', async () => {
    const cookie = cookieOf(await signIn())
    expect((await call('GET', '/session', cookie)).body).toMatchObject({
      official: { login: 'hoai.an' },
    })
    expect((await call('GET', '/session')).body).toEqual({ official: null })
    const out = await call('DELETE', '/session', cookie)
    expect(out.status).toBe(204)
    expect(out.response.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await call('GET', '/session', cookie)).body).toEqual({ official: null })
    expect((await call('DELETE', '/session', cookie)).status).toBe(204)
  })

  it('over https is read under its locked name only', async () => {
    house = openHouse('https://loa.example')
    const cookie = cookieOf(await signIn())
    expect(cookie).toMatch(/^__Host-loa_session=/)
    expect((await call('GET', '/session', cookie)).body).toMatchObject({
      official: { login: 'hoai.an' },
    })
    const planted = cookie.replace('__Host-', '')
    expect((await call('GET', '/session', planted)).body).toEqual({ official: null })
  })

  it('lists and revokes devices', async () => {
    const phone = cookieOf(await signIn())
    const desk = cookieOf(await signIn())
    const { body } = await call('GET', '/sessions', desk)
    expect(body.sessions).toHaveLength(2)
    const other = body.sessions.find((one: { isCurrent: boolean }) => !one.isCurrent)
    expect((await call('DELETE', `/sessions/${other.id}`, desk)).status).toBe(204)
    expect((await call('GET', '/session', phone)).body).toEqual({ official: null })
    expect((await call('DELETE', `/sessions/${other.id}`, desk)).status).toBe(404)
    expect((await call('DELETE', '/sessions/nonsense', desk)).status).toBe(422)
    const all = await call('DELETE', '/sessions', desk)
    expect(all.body).toEqual({ revoked: 1 })
    expect(all.response.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await call('GET', '/sessions', desk)).status).toBe(401)
  })

  it('needs somebody for its devices', async () => {
    for (const [method, path] of [
      ['GET', '/sessions'],
      ['DELETE', '/sessions'],
      ['DELETE', '/sessions/0193579e-6f00-7000-8000-000000000000'],
    ] as const) {
      expect(await call(method, path)).toMatchObject({
        status: 401,
        body: { code: 'http.unauthenticated' },
      })
    }
  })
})

describe('GET /consents/texts', () => {
  it('gives the current text in the reader’s language', async () => {
    await seedConsentTexts(test.db, house.clock.now())
    const vi = await call('GET', '/consents/texts?purpose=report')
    const en = await call('GET', '/consents/texts?purpose=report&lang=en')
    expect(vi.body).toMatchObject({ purpose: 'report', version: 1 })
    expect(en.body.version).toBe(1)
    expect(en.body.body).not.toBe(vi.body.body)
  })

  it('answers 404 where none is published and 422 to a purpose that is none', async () => {
    expect((await call('GET', '/consents/texts?purpose=report')).status).toBe(404)
    expect((await call('GET', '/consents/texts?purpose=adverts')).status).toBe(422)
  })
})
