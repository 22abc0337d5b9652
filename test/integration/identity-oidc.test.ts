import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOidc } from '../../api/hosts/oidc.ts'
import { createShell } from '../../api/http/shell.ts'
import {
  actorForSecret,
  residentRoutes,
  sessionCookieName,
} from '../../api/rooms/identity/index.ts'
import { CLIENT, type FakeOidc, startOidc } from '../fakes/oidc.ts'
import { openDatabase, type TestDb, testCtx, testPorts, testSettings } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'

const REDIRECT = `${testSettings.publicUrl}/`
let test: TestDb
let provider: FakeOidc
let house: TestApp

const openHouse = (issuer: string) => {
  const oidc = createOidc({ ...CLIENT, issuer })
  const ports = testPorts({ proofs: { telegram: null, zalo: null, oidc, officialOidc: null } })
  return testApp(test.db, { ports }, (deps) =>
    createShell(deps, {
      authenticate: actorForSecret,
      cookieName: sessionCookieName(deps.settings),
      mount: (api) => {
        api.route('/', residentRoutes())
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
})
afterAll(async () => {
  await provider.close()
  await test.close()
})

const post = async (path: string, body: unknown) => {
  const response = await house.request(`/api/v1/session/oidc${path}`, { json: body })
  return { status: response.status, body: await response.json() }
}
type Answer = { ticket: string; code: string; state: string; iss?: string }
async function answered(): Promise<Answer> {
  const { url, ticket } = (await post('/start', {})).body
  const answer = Object.fromEntries(await provider.signIn(url))
  return { ticket, code: answer.code ?? '', state: answer.state ?? '', iss: answer.iss ?? '' }
}
const refused = { status: 401, body: { code: 'identity.proof_invalid' } }

describe('signing in through an OpenID provider', () => {
  it('opens a session of the same person each time; neither secret nor verifier is in the address', async () => {
    const { url, ticket } = (await post('/start', {})).body
    const query = new URL(url).searchParams
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('redirect_uri')).toBe(REDIRECT)
    expect(url).not.toContain(ticket.split('.')[1])
    const ids = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const { status, body } = await post('', await answered())
      expect(status).toBe(200)
      const actor = await actorForSecret(testCtx(test.db), body.token, 'bearer')
      ids.add(actor?.kind === 'resident' ? actor.residentId : 'nobody')
    }
    expect(ids.size).toBe(1)
    expect([...ids][0]).not.toBe('nobody')
    const links = await test.db.selectFrom('channelLink').selectAll().execute()
    expect(links).toMatchObject([{ channel: 'oidc', chatKey: expect.stringMatching(/^\w{64}$/) }])
  })

  it('refuses a code that was used', async () => {
    const answer = await answered()
    expect((await post('', answer)).status).toBe(200)
    expect(await post('', answer)).toMatchObject(refused)
  })

  it('refuses an answer that another browser started, another state, another issuer', async () => {
    const [mine, other] = [await answered(), await answered()]
    expect(await post('', { ...mine, ticket: other.ticket })).toMatchObject(refused)
    expect(await post('', { ...mine, ticket: other.ticket, state: other.state })).toMatchObject(
      refused,
    )
    expect(await post('', { ...other, state: 'x' })).toMatchObject(refused)
    expect(await post('', { ...other, iss: 'https://evil.example' })).toMatchObject(refused)
  })

  it('refuses an answer that comes too late, and a ticket with another time', async () => {
    const answer = await answered()
    const later = `${Number(answer.ticket.split('.')[0]) + 60_000}.${answer.ticket.split('.')[1]}`
    expect(await post('', { ...answer, ticket: later })).toMatchObject(refused)
    house.clock.advance(15 * 60 + 1)
    expect(await post('', answer)).toMatchObject({
      status: 401,
      body: { code: 'identity.proof_expired' },
    })
  })

  it('says so when the provider is away', async () => {
    house = openHouse('http://127.0.0.1:9')
    expect(await post('/start', {})).toMatchObject({
      status: 503,
      body: { code: 'identity.host_away' },
    })
  })
})
