import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CreatedIncident, PublicIncident } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let http: TestApp
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
})
afterAll(() => test.close())

const KEY = 'a-key-of-the-client-1'
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  http.request(`/api/v1${path}`, { method: 'POST', json, headers })
const get = (path: string) => http.request(`/api/v1${path}`)
const count = async () => (await test.db.selectFrom('incident').select('id').execute()).length
const created = async () => (await (await post('/incidents', c.input())).json()) as CreatedIncident

describe('POST /incidents', () => {
  it('answers 201 with code, secret, state, unit, day and who looks next', async () => {
    const answer = await post('/incidents', c.input())
    expect(answer.status).toBe(201)
    expect(Object.keys((await answer.json()) as object).sort()).toEqual([
      'dueDate',
      'nextStep',
      'publicCode',
      'secret',
      'state',
      'unitCode',
    ])
  })

  it('with the same key answers the same and makes one case', async () => {
    const headers = { 'Idempotency-Key': KEY }
    const first = await (await post('/incidents', c.input(), headers)).json()
    const again = await post('/incidents', c.input(), headers)
    expect([again.status, await again.json()]).toEqual([201, first])
    expect(await count()).toBe(1)
    const other = await post('/incidents', c.input({ category: 'trees' }), headers)
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'http.idempotency_mismatch' })
    expect(await count()).toBe(1)
  })

  it('names each field that is wrong', async () => {
    const answer = await post('/incidents', { ...c.input(), category: 'x', consentVersion: 'a' })
    expect(answer.status).toBe(422)
    const { issues } = (await answer.json()) as { issues: { path: string }[] }
    expect(issues.map((issue) => issue.path).sort()).toEqual(['category', 'consentVersion'])
  })

  it('says in the reader’s language who looks next', async () => {
    const answer = await post('/incidents', c.input(), { 'Accept-Language': 'en' })
    const { nextStep } = (await answer.json()) as CreatedIncident
    expect(nextStep).toContain('Phòng Kinh tế (en)')
  })

  it('takes a photo uploaded without a session by its one-time secret', async () => {
    const { mediaId, uploadSecret } = await c.photo({ kind: 'anonymous' })
    const without = await post('/incidents', c.input({ media: [{ mediaId }] }))
    expect([without.status, await count()]).toEqual([404, 0])
    const media = [{ mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) }]
    expect((await post('/incidents', c.input({ media }))).status).toBe(201)
  })

  it('many phones of one mobile carrier may report in one hour, and one address is bounded all the same', async () => {
    // An outdated consent is refused after the limit, and cheaply.
    const body = c.input({ consentVersion: 99 })
    const statuses: number[] = []
    for (let i = 0; i <= 200; i++) statuses.push((await post('/incidents', body)).status)
    expect(statuses.filter((status) => status === 409)).toHaveLength(200)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('reading', () => {
  it('GET /incidents/{code} takes the code as people type it', async () => {
    const { publicCode } = await created()
    const answer = await get(`/incidents/${publicCode.toLowerCase().replaceAll('-', '')}`)
    expect([answer.status, ((await answer.json()) as PublicIncident).publicCode]).toEqual([
      200,
      publicCode,
    ])
    expect((await get('/incidents/HUE-2222-2222')).status).toBe(404)
  })

  it('GET /incidents takes numbers from the query and refuses nonsense', async () => {
    const { publicCode } = await created()
    await c.walkTo(publicCode, 'accepted')
    const page = (await (
      await get('/incidents?lat=16.57&lng=107.53&radiusM=3000&limit=5')
    ).json()) as { items: PublicIncident[] }
    expect(page.items.map((item) => item.publicCode)).toEqual([publicCode])
    expect((await get('/incidents?limit=0')).status).toBe(422)
    expect((await get('/incidents?state=accepted')).status).toBe(422)
  })

  it('POST /incidents/lookup is not read as a code', async () => {
    const { publicCode, secret } = await created()
    const answer = await post('/incidents/lookup', { cases: [{ code: publicCode, secret }] })
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  it('POST /incidents/{code}/rating closes the case for who holds the secret', async () => {
    const { publicCode, secret } = await created()
    await c.walkTo(publicCode, 'answered')
    const rate = (with_: string) =>
      post(`/incidents/${publicCode}/rating`, { secret: with_, rating: 5 })
    expect((await rate('wrong')).status).toBe(404)
    const answer = await rate(secret)
    expect([answer.status, ((await answer.json()) as PublicIncident).state]).toEqual([
      200,
      'closed',
    ])
    expect((await rate(secret)).status).toBe(409)
  })
})
