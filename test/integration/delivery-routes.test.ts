import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliver } from '../../api/rooms/delivery/index.ts'
import { openResidentSession, seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock, testSettings } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { news, openPeople, UNIT } from './delivery-kit.ts'

let test: TestDb
let clock: TestClock
let people: ReturnType<typeof openPeople>
let house: TestApp
let residentId: string
let bearer: string
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  await seedConsentTexts(test.db, clock.now())
  people = openPeople(test.db, clock)
  house = testApp(test.db, { settings: testSettings })
  residentId = (await people.person()).id
  bearer = (await openResidentSession(people.as(), { residentId, label: '' })).secret
})
afterAll(() => test.close())

const call = async (method: string, path: string, json?: unknown, secret = bearer) => {
  const headers: Record<string, string> = secret === '' ? {} : { authorization: `Bearer ${secret}` }
  const response = await house.request(`/api/v1${path}`, { method, headers, json })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

describe('the mini-app', () => {
  it('shows the inbox, counts it and marks it as read', async () => {
    for (const key of ['a', 'b', 'c']) await deliver(people.as(), news(residentId, key))
    const page = await call('GET', '/inbox?limit=2')
    expect(page).toMatchObject({ status: 200, body: { unread: 3, nextCursor: expect.any(String) } })
    expect(page.body.items).toHaveLength(2)
    expect(page.body.items[0].why).toEqual(expect.any(String))
    const next = await call('GET', `/inbox?cursor=${page.body.nextCursor}`)
    expect(next.body.items).toHaveLength(1)
    const path = `/inbox/${page.body.items[0].id}/read`
    expect([(await call('POST', path)).status, (await call('POST', path)).status]).toEqual([
      204, 204,
    ])
    expect((await call('GET', '/inbox/unread')).body).toEqual({ unread: 2 })
    await call('POST', '/inbox/read')
    expect((await call('GET', '/inbox/unread')).body).toEqual({ unread: 0 })
  })

  it('subscribes with consent, lists, and ends a topic', async () => {
    const topic = { kind: 'flood', unitCode: UNIT }
    const refused = await call('POST', '/subscriptions', topic)
    expect(refused).toMatchObject({ status: 403, body: { code: 'identity.consent_missing' } })
    const added = await call('POST', '/subscriptions', { ...topic, consentVersion: 1 })
    expect(added).toMatchObject({ status: 200, body: { subscriptions: [topic] } })
    const list = await call('GET', '/subscriptions')
    expect(list.body).toEqual(added.body)
    const path = `/subscriptions/${list.body.subscriptions[0].id}`
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await call('DELETE', path)).status).toBe(404)
    expect((await call('POST', '/subscriptions', { kind: 'adverts' })).status).toBe(422)
  })

  it('stops everything and says what still comes', async () => {
    await call('POST', '/subscriptions', { kind: 'flood', consentVersion: 1 })
    await call('POST', '/subscriptions', { kind: 'air' })
    const stopped = await call('POST', '/subscriptions/stop')
    expect(stopped).toMatchObject({ status: 200, body: { stopped: 2, kept: 1 } })
    expect(stopped.body.text.length).toBeGreaterThan(0)
  })

  it('keeps preferences and leaves alone what is not given', async () => {
    const path = '/subscriptions/preferences'
    const first = await call('PUT', path, { channelOrder: ['zalo-oa', 'telegram'] })
    expect(first.body).toEqual({
      channelOrder: ['zalo-oa', 'telegram'],
      quietHours: { from: '21:30', to: '06:00' },
    })
    const second = await call('PUT', path, { quietHours: { from: '22:00', to: '05:00' } })
    expect(second.body).toMatchObject({ channelOrder: ['zalo-oa', 'telegram'] })
    for (const odd of [
      { channelOrder: ['sms'] },
      { channelOrder: ['web', 'web'] },
      { quietHours: { from: '9', to: '05:00' } },
    ]) {
      expect((await call('PUT', path, odd)).status).toBe(422)
    }
  })

  it('makes a code, lists the chats and takes one away', async () => {
    const made = await call('POST', '/links/code')
    expect(made).toMatchObject({ status: 201, body: { code: expect.stringMatching(/-/) } })
    const { body } = await call('GET', '/links')
    expect(body.links).toMatchObject([{ channel: 'telegram', state: 'active' }])
    const path = `/links/${body.links[0].id}`
    expect((await call('DELETE', path)).status).toBe(204)
    expect((await call('DELETE', path)).status).toBe(404)
  })
})

it('nobody without a session gets in', async () => {
  const doors = [
    ['GET', '/inbox'],
    ['GET', '/inbox/unread'],
    ['POST', '/inbox/read'],
    ['POST', `/inbox/${'0'.repeat(8)}-0000-7000-8000-000000000000/read`],
    ['GET', '/subscriptions'],
    ['POST', '/subscriptions/stop'],
    ['GET', '/links'],
    ['POST', '/links/code'],
  ] as const
  for (const [method, path] of doors)
    expect([path, (await call(method, path, undefined, '')).status]).toEqual([path, 401])
})
