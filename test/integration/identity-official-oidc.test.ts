import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { createOidc } from '../../api/hosts/oidc.ts'
import { createShell } from '../../api/http/shell.ts'
import {
  actorForSecret,
  createOfficial,
  disableOfficial,
  listOfficials,
  peopleRoutes,
  providerRoutes,
  reinviteOfficial,
  sessionCookieName,
} from '../../api/rooms/identity/index.ts'
import { CLIENT, type FakeOidc, startOidc } from '../fakes/oidc.ts'
import { openDatabase, type TestDb, testCtx, testPorts, testSettings } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { newOfficial } from './identity-kit.ts'

const REDIRECT = `${testSettings.publicUrl}/console`
const EMAIL = 'hoai.an@hue.gov.vn'
const ADMIN: Actor = {
  kind: 'official',
  officialId: '01930000-0000-7000-8000-00000000000a',
  roles: ['admin'],
  capabilities: [],
  unitCode: null,
  agencyCode: null,
}
let test: TestDb
let provider: FakeOidc
let house: TestApp
let officialId: string

const system = () => testCtx(test.db)
const openHouse = (issuer: string, actor?: Actor | null) => {
  const officialOidc = createOidc({ ...CLIENT, issuer }, 'openid email')
  const ports = testPorts({ proofs: { telegram: null, zalo: null, oidc: null, officialOidc } })
  return testApp(test.db, { ports }, (deps) =>
    createShell(deps, {
      authenticate: actor === undefined ? actorForSecret : async () => actor,
      cookieName: sessionCookieName(deps.settings),
      mount: (api) => {
        api.route('/', providerRoutes())
        api.route('/', peopleRoutes())
      },
    }),
  )
}
beforeAll(async () => {
  ;[test, provider] = await Promise.all([openDatabase(), startOidc(REDIRECT)])
})
beforeEach(async () => {
  await test.truncate()
  house = openHouse(provider.issuer)
  officialId = (await createOfficial(system(), newOfficial())).id
  Object.assign(provider.person, { accountId: 'cb-1', email: EMAIL, isVerified: true })
})
afterAll(async () => {
  await provider.close()
  await test.close()
})

const post = async (path: string, body: unknown) => {
  const response = await house.request(`/api/v1/session/provider${path}`, { json: body })
  const cookie = response.headers.get('set-cookie')
  return { status: response.status, body: await response.json(), cookie }
}
async function answered() {
  const { url, ticket } = (await post('/start', {})).body
  const answer = Object.fromEntries(await provider.signIn(url))
  return { ticket, code: answer.code, state: answer.state, iss: answer.iss }
}
const enter = async () => post('', await answered())
const name = async (email: string | null, of = officialId, actor: Actor | null = ADMIN) =>
  (
    await openHouse(provider.issuer, actor).request(`/api/v1/officials/${of}/provider`, {
      method: 'PUT',
      json: { email },
      headers: { cookie: 'loa_session=x' },
    })
  ).status
const audits = async () =>
  (await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()).map((row) => row.action)
const uninvited = { status: 401, body: { code: 'identity.not_invited' } }

describe('an official of the province', () => {
  it('comes in by the verified address that an admin set, then by the subject alone', async () => {
    expect(await name(` ${EMAIL.toUpperCase()} `)).toBe(204)
    const first = await enter()
    expect(first).toMatchObject({ status: 200, body: { official: { login: 'hoai.an' } } })
    expect(first.cookie).toContain('HttpOnly')
    provider.person.email = 'another@hue.gov.vn'
    expect(await enter()).toMatchObject({ status: 200, body: { official: { login: 'hoai.an' } } })
    const [record] = await listOfficials(system())
    expect(record).toMatchObject({ providerEmail: EMAIL, isProviderLinked: true })
    const actions = await audits()
    expect(actions.filter((action) => action === 'identity.provider_linked')).toHaveLength(1)
    expect(JSON.stringify(await test.db.selectFrom('audit').selectAll().execute())).not.toContain(
      EMAIL,
    )
  })

  it('is asked for the second factor, where their role needs one', async () => {
    const { id } = await createOfficial(
      system(),
      newOfficial({ login: 'khoi.phan', roles: ['approver'] }),
    )
    await name(EMAIL, id)
    const settled = { ...testSettings, isDemo: false }
    const officialOidc = createOidc({ ...CLIENT, issuer: provider.issuer }, 'openid email')
    const ports = testPorts({ proofs: { telegram: null, zalo: null, oidc: null, officialOidc } })
    house = testApp(test.db, { ports, settings: settled }, (deps) =>
      createShell(deps, {
        authenticate: actorForSecret,
        cookieName: sessionCookieName(deps.settings),
        mount: (api) => void api.route('/', providerRoutes()),
      }),
    )
    const answer = await enter()
    expect(answer).toMatchObject({ status: 200, body: { official: null, step: { next: 'enrol' } } })
    expect(answer.cookie).toBeNull()
  })

  it('is nobody here without an invitation, without a verified address, or when retired', async () => {
    expect(await enter()).toMatchObject(uninvited)
    await name(EMAIL)
    provider.person.isVerified = false
    expect(await enter()).toMatchObject(uninvited)
    provider.person.isVerified = true
    expect((await enter()).status).toBe(200)
    Object.assign(provider.person, { accountId: 'cb-2' })
    expect(await enter()).toMatchObject(uninvited)
    Object.assign(provider.person, { accountId: 'cb-1' })
    await disableOfficial(system(), { officialId })
    expect(await enter()).toMatchObject(uninvited)
    expect(await audits()).toContain('identity.proof_refused')
  })

  it('does not come in with another browser’s answer, a used code, or after a quarter of an hour', async () => {
    await name(EMAIL)
    const [mine, other] = [await answered(), await answered()]
    const refused = { status: 401, body: { code: 'identity.proof_invalid' } }
    expect(await post('', { ...mine, ticket: other.ticket })).toMatchObject(refused)
    expect(await post('', { ...mine, iss: 'http://127.0.0.1:9' })).toMatchObject(refused)
    expect((await post('', other)).status).toBe(200)
    expect(await post('', other)).toMatchObject(refused)
    const late = await answered()
    house.clock.advance(15 * 60 + 1)
    expect((await post('', late)).body.code).toBe('identity.proof_expired')
  })

  it('finds the way shut where the province has no provider, and says so when it is away', async () => {
    house = openHouse('http://127.0.0.1:9')
    expect((await post('/start', {})).body.code).toBe('identity.host_away')
    house = testApp(test.db, {}, (deps) =>
      createShell(deps, {
        authenticate: actorForSecret,
        cookieName: sessionCookieName(deps.settings),
        mount: (api) => void api.route('/', providerRoutes()),
      }),
    )
    expect((await post('/start', {})).body.code).toBe('identity.sign_in_off')
  })
})

describe('the address', () => {
  it('is set by an admin for others only, once for each person', async () => {
    const second = await createOfficial(system(), newOfficial({ login: 'binh.tran' }))
    for (let i = 0; i < 2; i++) expect(await name(EMAIL)).toBe(204)
    const set = (await audits()).filter((action) => action === 'identity.provider_account')
    expect(set).toHaveLength(1)
    expect(await name(EMAIL, second.id)).toBe(409)
    expect(await name('no address', second.id)).toBe(422)
    expect(await name(EMAIL, system().newId())).toBe(404)
    const self: Actor = { ...ADMIN, officialId }
    expect(await name(null, officialId, self)).toBe(409)
    expect(await name(null, officialId, { ...ADMIN, roles: ['dispatcher'] })).toBe(403)
    expect(await name(null, officialId, null)).toBe(401)
  })

  it('changed or taken off ends the link and the sessions; so does a new invitation', async () => {
    await name(EMAIL)
    await enter()
    const sessions = () => test.db.selectFrom('session').selectAll().execute()
    expect(await sessions()).toHaveLength(1)
    expect(await name('neu@hue.gov.vn')).toBe(204)
    expect(await sessions()).toEqual([])
    expect(await enter()).toMatchObject(uninvited)
    expect(await name(EMAIL)).toBe(204)
    expect((await enter()).status).toBe(200)
    await reinviteOfficial(system(), { officialId })
    expect(await enter()).toMatchObject(uninvited)
    expect(await name(null)).toBe(204)
  })
})
