import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { measureReach } from '../../api/rooms/alerts/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'
import { OTHER_UNIT, UNIT } from './delivery-kit.ts'

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

const AT = { lng: 107.5, lat: 16.55 }
const ring = [
  { lng: 107.49, lat: 16.54 },
  { lng: 107.51, lat: 16.54 },
  { lng: 107.5, lat: 16.56 },
  { lng: 107.49, lat: 16.54 },
]

async function hamlet(): Promise<string> {
  const id = room.writer.newId()
  await database.db
    .insertInto('areaHamlet')
    .values({
      ...{ id, unitCode: UNIT, name: 'Phước Yên', folded: 'phuoc yen', kind: 'thon', ...AT },
      ...{ validFrom: '2025-07-01', source: 'test' },
    })
    .execute()
  return id
}

it('an area says whom it reaches before it is released: just as many as are written to then', async () => {
  const hamletId = await hamlet()
  const inside = [
    await room.people.subscriber([{ kind: 'flood', unitCode: UNIT, hamletId }]),
    await room.people.subscriber([{ kind: 'flood', unitCode: UNIT }]),
  ]
  await room.people.subscriber([{ kind: 'flood', unitCode: OTHER_UNIT }])
  const area = { places: [], polygons: [ring], circles: [] }
  const reach = await measureReach(room.writer, { area, kind: 'flood', level: 2 })
  expect(reach).toMatchObject({ units: ['Xã Quảng Điền'], hamlets: 1 })
  await room.publish({ area })
  await room.settle()
  const heard = await Promise.all(inside.map(({ chat }) => room.heard(chat.chatKey)))
  expect(heard.filter((messages) => messages.length > 0)).toHaveLength(reach.recipients)
  expect(reach.recipients).toBeGreaterThan(0)
})

it('danger to life counts everybody there; where nobody is known there is nobody', async () => {
  await room.people.subscriber([{ kind: 'guides', unitCode: UNIT }])
  const area = { places: [{ unitCode: UNIT }] }
  const at = (level: number) => measureReach(room.writer, { area, kind: 'flood', level })
  expect([(await at(2)).recipients, (await at(3)).recipients]).toEqual([0, 1])
  const sea = { circles: [{ center: { lng: 108.2, lat: 16.7 }, radiusKm: 0.1 }] }
  expect(await measureReach(room.writer, { area: sea, kind: 'flood', level: 3 })).toEqual({
    ...{ units: [], hamlets: 0, recipients: 0, inboxOnly: 0 },
  })
})

it('is for those who write warnings, and an open ring is refused', async () => {
  const area = { places: [{ unitCode: UNIT }] }
  const input = { area, kind: 'flood', level: 2 } as const
  await expect(measureReach(room.people.nobody(), input)).rejects.toMatchObject({
    code: 'http.unauthenticated',
  })
  const officer = await room.official('canbo', ['officer'])
  await expect(measureReach(officer, input)).rejects.toMatchObject({ code: 'http.forbidden' })
  const open = { ...input, area: { polygons: [ring.slice(0, 3)] } }
  await expect(measureReach(room.writer, open)).rejects.toMatchObject({
    code: 'http.invalid_input',
  })
})
