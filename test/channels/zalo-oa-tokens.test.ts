import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appSecretProof, createZaloClient } from '../../bots/zalo-oa/client.ts'
import { createTokens, type Tokens } from '../../bots/zalo-oa/tokens.ts'
import { DEFAULTS, startZaloOaFake, type ZaloOaFake } from '../fakes/zalo-oa.ts'
import { memoryTokenStore } from '../fakes/zalo-stores.ts'

const HOUR = 3_600_000
const OAUTH = '/v4/oa/access_token'

let fake: ZaloOaFake
let clock = 0
let problems: string[] = []
const now = () => new Date(clock)

beforeAll(() => {
  return async () => {
    await fake?.stop()
  }
})
beforeEach(async () => {
  await fake?.stop()
  fake = await startZaloOaFake()
  clock = Date.parse('2026-11-23T05:00:00Z')
  problems = []
})
afterAll(() => fake.stop())

/** One process with its own memory over a shared store. */
const processOver = (
  store: ReturnType<typeof memoryTokenStore>,
  seed: string = DEFAULTS.refreshToken,
): Tokens =>
  createTokens({
    oaId: DEFAULTS.oaId,
    appId: DEFAULTS.appId,
    appSecret: DEFAULTS.appSecret,
    seed,
    store,
    client: createZaloClient({ roots: fake.roots }),
    now,
    onProblem: (code) => problems.push(code),
  })

const ok = (accessToken: string) => ({ ok: true, accessToken })

describe('the tokens of an account', () => {
  it('begin with the configured refresh token, then live in the store', async () => {
    const store = memoryTokenStore()
    expect(await processOver(store).get()).toEqual(ok('fake-access-1'))
    expect(await processOver(store).get()).toEqual(ok('fake-access-1'))
    expect(fake.state.rotations).toBe(1)
    expect(store.rows.get(DEFAULTS.oaId)).toMatchObject({
      refreshToken: 'fake-refresh-1',
      accessExpiresAt: new Date(clock + 25 * HOUR),
    })
  })

  it('are renewed at 20 hours, not before, and not by each process again', async () => {
    const store = memoryTokenStore()
    const [a, b] = [processOver(store), processOver(store)]
    await a.get()
    await b.get()
    clock += 20 * HOUR - 1
    expect(await a.get()).toEqual(ok('fake-access-1'))
    clock += 1
    expect(await a.get()).toEqual(ok('fake-access-2'))
    expect(await b.get()).toEqual(ok('fake-access-2'))
    expect([fake.state.rotations, fake.state.spentAgain]).toEqual([2, 0])
  })

  it('are renewed once by a storm of twenty refused senders in two processes', async () => {
    const store = memoryTokenStore()
    const both = [processOver(store), processOver(store)]
    await Promise.all(both.map((tokens) => tokens.get()))
    const storm = Array.from({ length: 20 }, (_, i) => both[i % 2]?.renew('fake-access-1'))
    expect(await Promise.all(storm)).toEqual(Array(20).fill(ok('fake-access-2')))
    expect([fake.state.rotations, fake.state.spentAgain]).toEqual([2, 0])
  })

  it('are not used before they are stored; a store that failed gets the same pair again', async () => {
    let fails = false
    const store = memoryTokenStore(() => {
      if (fails) throw new Error('disk full')
    })
    const tokens = processOver(store)
    await tokens.get()
    fails = true
    const refused = await tokens.renew('fake-access-1')
    expect(refused).toMatchObject({ ok: false, code: 'zalo_oa.token_store_failed' })
    expect(store.rows.get(DEFAULTS.oaId)?.accessToken).toBe('fake-access-1')
    fails = false
    expect(await tokens.renew('fake-access-1')).toEqual(ok('fake-access-2'))
    expect([fake.state.rotations, fake.state.spentAgain]).toEqual([2, 0])
    expect(store.rows.get(DEFAULTS.oaId)?.refreshToken).toBe('fake-refresh-2')
  })

  it('are lost when a process dies between answer and store; a new first token mends it', async () => {
    let dies = false
    const store = memoryTokenStore(() => {
      if (dies) throw new Error('killed')
    })
    await processOver(store).get()
    dies = true
    await processOver(store).renew('fake-access-1')
    dies = false
    const next = processOver(store)
    expect(await next.renew('fake-access-1')).toMatchObject({
      ok: false,
      code: 'zalo_oa.grant_refused',
    })
    expect(problems).toContain('zalo_oa.grant_refused')
    fake.state.refreshToken = 'fresh-consent'
    expect(await processOver(store, 'fresh-consent').get()).toEqual(ok('fake-access-3'))
    expect(await processOver(store, 'fresh-consent').get()).toEqual(ok('fake-access-3'))
  })

  it('stay in use while renewing fails and they still work, without hammering', async () => {
    const tokens = processOver(memoryTokenStore())
    await tokens.get()
    clock += 21 * HOUR
    fake.script(OAUTH, { status: 503 }, { status: 503 })
    for (let i = 0; i < 5; i++) expect(await tokens.get()).toEqual(ok('fake-access-1'))
    expect(fake.callsTo(OAUTH).length).toBe(2)
    clock += 60_000
    await tokens.get()
    expect(fake.callsTo(OAUTH).length).toBe(3)
    clock += 4 * HOUR
    fake.script(OAUTH, { cut: true })
    await tokens.get()
    clock += 60_000
    expect(await tokens.get()).toEqual(ok('fake-access-2'))
  })

  it('a wrong new first token does not kill a chain that works', async () => {
    const store = memoryTokenStore()
    await processOver(store).get()
    expect(await processOver(store, 'typo').get()).toEqual(ok('fake-access-2'))
  })

  it('are asked for with the app secret in its header and nowhere else', async () => {
    await processOver(memoryTokenStore()).get()
    const [call] = fake.callsTo(OAUTH)
    expect(call).toMatchObject({
      headers: { secret_key: DEFAULTS.appSecret },
      body: {
        app_id: DEFAULTS.appId,
        grant_type: 'refresh_token',
        refresh_token: DEFAULTS.refreshToken,
      },
    })
    expect(JSON.stringify(call?.body)).not.toContain(DEFAULTS.appSecret)
  })
})

it('the proof of the app secret is the known one', async () => {
  expect(await appSecretProof('access-token', 'app-secret')).toBe(
    'dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799',
  )
})
