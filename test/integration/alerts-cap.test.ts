import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CapAlert } from '../../api/core/cap/alert.ts'
import { standingsOf } from '../../api/core/cap/chain.ts'
import { checkCap } from '../../api/core/cap/check.ts'
import { readCap } from '../../api/core/cap/read.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { openAlerts } from './alerts-kit.ts'

let database: TestDb
let room: Awaited<ReturnType<typeof openAlerts>>

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openAlerts(database.db)
})

const get = (path: string) =>
  testApp(database.db, { now: room.clock.now }).request(path, { method: 'GET' })
const bytes = (text: string) => new TextEncoder().encode(text)
async function document(id: string): Promise<CapAlert> {
  const answer = await get(`/cap/alerts/${id}.xml`)
  const text = await answer.text()
  expect(checkCap(bytes(text)).faults).toEqual([])
  const read = readCap(bytes(text))
  if (!('alert' in read)) throw new Error('not readable')
  return read.alert
}

it('every message is a whole CAP 1.2 document in both languages, and the chain says what holds', async () => {
  const square = [
    { lng: 107.45, lat: 16.5 },
    { lng: 107.6, lat: 16.5 },
    { lng: 107.6, lat: 16.65 },
    { lng: 107.45, lat: 16.5 },
  ]
  const area = {
    places: [{ unitCode: '19867' }],
    polygons: [square],
    circles: [{ center: { lng: 107.5, lat: 16.55 }, radiusKm: 2 }],
  }
  const first = await room.publish({ area, level: 3, bodyVi: 'Nước & bùn < 1 m' })
  room.clock.advance(60)
  const second = await room.follow(first, 'update')
  room.clock.advance(60)
  const third = await room.follow(second, 'all_clear')
  const alerts = [await document(first), await document(second), await document(third)]
  expect(alerts.map(({ messageType }) => messageType)).toEqual(['Alert', 'Update', 'Cancel'])
  expect(alerts[0]).toMatchObject({
    status: 'Exercise',
    infos: [
      { language: 'vi-VN', severity: 'Severe', urgency: 'Immediate', event: 'Lũ, ngập' },
      { language: 'en-GB', headline: 'Warning: The Bồ river is rising fast' },
    ],
  })
  expect(alerts[0]?.infos[0]?.areas[0]).toMatchObject({
    polygons: [square],
    circles: [{ radiusKm: 2 }],
    geocodes: [{ name: 'VN-DVHC', value: '19867' }],
  })
  expect(alerts[2]?.infos.map(({ responseTypes }) => responseTypes)).toEqual([
    ['AllClear'],
    ['AllClear'],
  ])
  expect(alerts[2]?.references.map(({ identifier }) => identifier)).toEqual(
    alerts.slice(0, 2).map(({ identifier }) => identifier),
  )
  expect(standingsOf(alerts, room.clock.now())).toEqual(['cancelled', 'cancelled', 'no_warning'])
  expect(standingsOf(alerts.slice(0, 2), room.clock.now())).toEqual(['replaced', 'current'])
})

it('the feed names each document, newest first; what is not issued is nowhere', async () => {
  const draft = await room.propose()
  const id = await room.publish()
  const feed = await get('/cap/feed.atom')
  expect(feed.headers.get('content-type')).toBe('application/atom+xml; charset=UTF-8')
  const text = await feed.text()
  expect(text).toContain(`/cap/alerts/${id}.xml`)
  expect(text).not.toContain(draft)
  expect((await get(`/cap/alerts/${draft}.xml`)).status).toBe(404)
  expect((await get('/cap/alerts/x.xml')).status).toBe(404)
  const answer = await get(`/cap/alerts/${id}.xml`)
  expect(answer.headers.get('content-type')).toBe('application/cap+xml; charset=UTF-8')
})

it('the API shows the same to everybody, a draft to nobody', async () => {
  const draft = await room.propose()
  const id = await room.publish()
  const list = await get('/api/v1/alerts?unitCode=19867')
  expect(await list.json()).toMatchObject({ alerts: [{ id, standing: 'in_force' }] })
  expect(await (await get('/api/v1/alerts?unitCode=19753')).json()).toEqual({ alerts: [] })
  expect((await get(`/api/v1/alerts/${id}`)).status).toBe(200)
  expect((await get(`/api/v1/alerts/${draft}`)).status).toBe(404)
  expect((await get('/api/v1/console/alerts')).status).toBe(401)
})
