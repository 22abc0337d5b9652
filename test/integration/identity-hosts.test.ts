import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Proofs, ZaloAnswer } from '../../api/context.ts'
import { createShell } from '../../api/http/shell.ts'
import {
  actorForSecret,
  checkInitData,
  identityRoutes,
  linkCode,
  linkFor,
  residentForChat,
  residentRoutes,
  seedConsentTexts,
  sessionCookieName,
} from '../../api/rooms/identity/index.ts'
import { telegramHash } from '../../api/rooms/identity/proofs/telegram.ts'
import { openDatabase, type TestDb, testCtx, testPorts } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'

const BOT_TOKEN = '1:test'
const OK = (value: string): ZaloAnswer<string> => ({ ok: true, value })
let test: TestDb
let house: TestApp
let zaloSays: ZaloAnswer<string>

/** Zalo stands still at its socket; what it says is set by each test. */
const zalo: Proofs['zalo'] = {
  findId: async () => zaloSays,
  findPhone: async () => zaloSays,
  findPlace: async () => (zaloSays.ok ? { ok: true, value: { lng: 107.5, lat: 16.5 } } : zaloSays),
}
const telegram: Proofs['telegram'] = (initData, now) =>
  checkInitData(initData, { botToken: BOT_TOKEN }, now)

function openHouse(proofs: Proofs) {
  return testApp(test.db, { ports: testPorts({ proofs }) }, (deps) =>
    createShell(deps, {
      authenticate: actorForSecret,
      cookieName: sessionCookieName(deps.settings),
      mount: (api) => {
        api.route('/', identityRoutes())
        api.route('/', residentRoutes())
      },
    }),
  )
}

beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  await seedConsentTexts(test.db, new Date(0))
  zaloSays = OK('4595968088514154079')
  house = openHouse({ telegram, zalo, oidc: null, officialOidc: null })
})
afterAll(() => test.close())

async function initData(userId = 279058397, at = house.clock.now()): Promise<string> {
  const fields = { auth_date: String(at.getTime() / 1000), user: JSON.stringify({ id: userId }) }
  const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const hash = await telegramHash(BOT_TOKEN, text.join('\n'))
  return new URLSearchParams({ ...fields, hash }).toString()
}

const post = async (path: string, body: unknown) => {
  const response = await house.request(`/api/v1${path}`, { json: body })
  return { status: response.status, body: await response.json() }
}
const call = async (method: string, path: string, token: string, body?: unknown) => {
  const init = { method, headers: { authorization: `Bearer ${token}` } }
  const response = await house.request(`/api/v1${path}`, {
    ...init,
    ...(body === undefined ? {} : { json: body }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}
const audited = async () =>
  (await test.db.selectFrom('audit').select(['action', 'data']).orderBy('seq').execute()).map(
    ({ action, data }) => [action, data],
  )

describe('signing in through Telegram', () => {
  it('opens a session of the person behind the bot’s private chat, each time the same', async () => {
    const known = await residentForChat(testCtx(test.db), {
      channel: 'telegram',
      chatKey: '279058397',
      language: 'vi',
    })
    const first = await post('/session/telegram', { initData: await initData() })
    expect(first).toEqual({
      status: 200,
      body: {
        token: expect.stringMatching(/^[\w-]{43}$/),
        expiresAt: expect.any(String),
        resident: { language: 'vi', displayName: null },
      },
    })
    const actor = await actorForSecret(testCtx(test.db), first.body.token, 'bearer')
    expect(actor).toMatchObject({ kind: 'resident', residentId: known.id })
    expect(await actorForSecret(testCtx(test.db), first.body.token, 'cookie')).toBeNull()
    expect((await call('GET', '/me', first.body.token)).status).toBe(200)
    expect(await audited()).toContainEqual(['identity.signed_in', { host: 'telegram' }])
    const rows = await test.db.selectFrom('resident').select('id').execute()
    expect(rows).toHaveLength(1)
  })

  it('refuses forged and old data with an audit row, and tells no reason', async () => {
    const good = await initData()
    const forged = good.replace('279058397', '279058398')
    expect(await post('/session/telegram', { initData: forged })).toMatchObject({
      status: 401,
      body: { code: 'identity.proof_invalid' },
    })
    house.clock.advance(3_601)
    expect(await post('/session/telegram', { initData: good })).toMatchObject({
      status: 401,
      body: { code: 'identity.proof_expired' },
    })
    expect(await audited()).toEqual([
      ['identity.proof_refused', { host: 'telegram', code: 'identity.proof_invalid' }],
      ['identity.proof_refused', { host: 'telegram', code: 'identity.proof_expired' }],
    ])
    expect(await test.db.selectFrom('session').selectAll().execute()).toEqual([])
  })

  it('lets one proof open a few sessions and no more', async () => {
    const proof = { initData: await initData() }
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) statuses.push((await post('/session/telegram', proof)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  it('answers 404 where it is not set up, and 422 to nothing', async () => {
    expect((await post('/session/telegram', {})).status).toBe(422)
    house = openHouse({ telegram: null, zalo: null, oidc: null, officialOidc: null })
    for (const [path, body] of [
      ['/session/telegram', { initData: 'x' }],
      ['/session/zalo', { accessToken: 'x' }],
      ['/session/zalo/place', { accessToken: 'x', code: 'y' }],
      ['/session/oidc/start', {}],
      ['/session/oidc', { ticket: 'x', code: 'y', state: 'z' }],
    ] as const) {
      expect(await post(path, body)).toMatchObject({
        status: 404,
        body: { code: 'identity.sign_in_off' },
      })
    }
  })
})

describe('signing in through Zalo', () => {
  it('asks Zalo whose token it is; the address proves and is never written to', async () => {
    const { status, body } = await post('/session/zalo', { accessToken: 'token' })
    expect(status).toBe(200)
    const actor = (await actorForSecret(testCtx(test.db), body.token, 'bearer')) as Extract<
      Actor,
      { kind: 'resident' }
    >
    const links = await test.db.selectFrom('channelLink').selectAll().execute()
    expect(links).toMatchObject([{ channel: 'zalo-mini-app', chatKey: '4595968088514154079' }])
    expect(await linkFor(testCtx(test.db), actor.residentId)).toEqual([])
  })

  it('explains −501, and keeps a person’s wrong token apart from an operator’s fault', async () => {
    zaloSays = { ok: false, code: 'zalo_oa.egress_outside_vietnam', isOurs: true }
    const abroad = await post('/session/zalo', { accessToken: 'a' })
    expect(abroad).toMatchObject({ status: 503, body: { code: 'identity.host_abroad' } })
    expect(abroad.body.detail).toContain('Việt Nam')
    zaloSays = { ok: false, code: 'zalo_oa.graph_away', isOurs: true }
    expect((await post('/session/zalo', { accessToken: 'b' })).body.code).toBe('identity.host_away')
    zaloSays = { ok: false, code: 'zalo_oa.error_452', isOurs: false }
    expect((await post('/session/zalo', { accessToken: 'c' })).body.code).toBe(
      'identity.proof_invalid',
    )
  })

  it('trades location and phone codes and keeps neither', async () => {
    const codes = { accessToken: 'token', code: 'code' }
    expect((await post('/session/zalo/place', codes)).body).toEqual({ lng: 107.5, lat: 16.5 })
    zaloSays = OK('+84912345678')
    expect((await post('/session/zalo/phone', codes)).body).toEqual({ phone: '+84912345678' })
    expect(await test.db.selectFrom('resident').selectAll().execute()).toEqual([])
    expect(await audited()).toEqual([])
  })
})

describe('signing in with a code from a chat', () => {
  const madeCode = async () => {
    const ctx = testCtx(test.db, { clock: house.clock, ports: house.deps.ports })
    const resident = await residentForChat(ctx, {
      channel: 'telegram',
      chatKey: '1',
      language: 'vi',
    })
    const { code } = await linkCode(ctx, { residentId: resident.id })
    return { code, residentId: resident.id }
  }

  it('opens a session of the same person, once', async () => {
    const { code, residentId } = await madeCode()
    const typed = ` ${code.toLowerCase()} `
    const { status, body } = await post('/session/code', { code: typed })
    expect(status).toBe(200)
    expect(await actorForSecret(testCtx(test.db), body.token, 'bearer')).toMatchObject({
      residentId,
    })
    expect(await post('/session/code', { code })).toMatchObject({
      status: 401,
      body: { code: 'identity.code_invalid' },
    })
  })

  it('refuses what is wrong or over alike, and an address that guesses', async () => {
    const { code } = await madeCode()
    house.clock.advance(601)
    const statuses: number[] = []
    for (const tried of [code, 'XXXX-XXXX', 'not a code']) {
      const { status, body } = await post('/session/code', { code: tried })
      statuses.push(status)
      expect(body.code).toBe('identity.code_invalid')
    }
    for (let i = 0; i < 18; i++) {
      statuses.push((await post('/session/code', { code: '2222-2222' })).status)
    }
    expect(statuses.at(-2)).toBe(401)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('the own record', () => {
  const enter = async () =>
    (await post('/session/telegram', { initData: await initData() })).body.token as string

  it('is seen and corrected by its person alone', async () => {
    const token = await enter()
    expect((await call('GET', '/me', token)).body).toMatchObject({
      language: 'vi',
      displayName: null,
      consents: [],
    })
    const changed = await call('PATCH', '/me', token, { displayName: '  mệ Mận ', language: 'en' })
    expect(changed.body).toMatchObject({ displayName: 'mệ Mận', language: 'en' })
    expect((await call('PATCH', '/me', token, { displayName: '' })).body.displayName).toBeNull()
    expect((await call('PATCH', '/me', token, { displayName: 'x'.repeat(101) })).status).toBe(422)
    expect((await call('GET', '/me', 'x'.repeat(43))).status).toBe(401)
    const fields = await test.db
      .selectFrom('audit')
      .select('fields')
      .where('action', '=', 'identity.resident_changed')
      .execute()
    expect(fields).toHaveLength(2)
    expect(JSON.stringify(await audited())).not.toContain('Mận')
  })

  it('ends a consent, and is erased together with its sessions', async () => {
    const token = await enter()
    expect((await call('DELETE', '/me/consents/report', token)).status).toBe(204)
    expect((await call('DELETE', '/me/consents/adverts', token)).status).toBe(422)
    expect((await call('DELETE', '/me', token)).status).toBe(204)
    expect((await call('GET', '/me', token)).status).toBe(401)
    expect((await call('DELETE', '/me', token)).status).toBe(401)
    // Whoever comes again is a new person.
    const again = await enter()
    expect((await call('GET', '/me', again)).body.createdAt).toBe(house.clock.now().toISOString())
    expect(await test.db.selectFrom('resident').selectAll().execute()).toHaveLength(2)
  })
})
