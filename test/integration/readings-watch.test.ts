import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { saveStation, watchStations } from '../../api/rooms/readings/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openReadings } from './readings-kit.ts'

let test: TestDb
let room: ReturnType<typeof openReadings>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.truncate()
  room = openReadings(test.db)
  await room.seed()
})

const duty: Actor = {
  ...{ kind: 'official', officialId: 'an', roles: [], capabilities: ['duty'] },
  ...{ unitCode: '19867', agencyCode: null },
}
const watch = async (code: string) => {
  const all = await watchStations(room.as(duty))
  return all.find(({ station }) => station.code === code)
}

it('tells a station that never spoke from one that speaks, one that fell silent, and one that hangs', async () => {
  expect(await watch('phu-oc')).toMatchObject({ state: 'never', at: null, value: null })
  await room.put(room.reading(0, 170))
  expect(await watch('phu-oc')).toMatchObject({ state: 'heard', value: 170, unit: 'cm' })
  const { at } = room.reading(0, 170)
  room.clock.advance(91 * 60)
  expect(await watch('phu-oc')).toMatchObject({ state: 'silent', at, silentAfterMinutes: 90 })
  await room.put(...Array.from({ length: 25 }, (_, i) => room.reading(240 - i * 10, 170)))
  expect(await watch('phu-oc')).toMatchObject({ state: 'stuck', stuckSince: expect.any(String) })
})

it('the silent ones come first, the longest silent before the others', async () => {
  await room.put(room.reading(200, 90, { station: 'kim-long' }), room.reading(100, 90))
  const [first] = await watchStations(room.as(duty))
  expect(first?.state).toBe('never')
  const order = (await watchStations(room.as(duty)))
    .filter(({ state }) => state !== 'never')
    .map(({ station }) => station.code)
  expect(order).toEqual(['kim-long', 'phu-oc'])
  await room.put(room.reading(0, 92, { station: 'kim-long' }))
  expect((await watchStations(room.as(duty))).at(-1)?.station.code).toBe('kim-long')
})

it('names communes, and each alarm level with its source or as not confirmed', async () => {
  const found = await watch('phu-oc')
  expect(found?.units).toContain('Xã Quảng Điền')
  expect(found?.alarms).toEqual([
    { stage: 1, levelCm: 150, source: 'Quyết định 05/2020/QĐ-TTg' },
    { stage: 2, levelCm: 300, source: 'Quyết định 05/2020/QĐ-TTg' },
    { stage: 3, levelCm: 450, source: 'Quyết định 05/2020/QĐ-TTg' },
  ])
  await saveStation(room.ctx, {
    ...{ code: 'song-moi', kind: 'river', nameVi: 'Mới', nameEn: 'New', unitCodes: [] },
    ...{ operatorVi: 'Xã', operatorEn: 'Commune', source: 'test', validFrom: '2025-07-01' },
  })
  const alarms = (await watch('song-moi'))?.alarms ?? []
  expect(alarms.map(({ levelCm }) => levelCm)).toEqual([null, null, null])
  expect((await watch('air-demo'))?.alarms).toEqual([])
})

it('is for those who watch: a resident learns nothing of it', async () => {
  const resident: Actor = { kind: 'resident', residentId: 'x' }
  await expect(watchStations(room.as(resident))).rejects.toMatchObject({ code: 'http.forbidden' })
  await expect(watchStations(room.as({ kind: 'anonymous' }))).rejects.toMatchObject({
    code: 'http.unauthenticated',
  })
})
