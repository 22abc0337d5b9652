import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { keepDemoReadings } from '../../api/hosts/demo/readings.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import {
  answerAirQuality,
  answerWaterLevel,
  ingestReadings,
  listLatest,
  seedStations,
} from '../../api/rooms/readings/index.ts'
import { listAir } from '../../api/rooms/readings/service/air.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'

const HOUR_SECONDS = 3600
let database: TestDb
const clock = testClock()
let ctx: Ctx
beforeAll(async () => {
  database = await openDatabase()
  const base = testCtx(database.db, { clock })
  ctx = { ...base, settings: { ...base.settings, isDemo: true } }
  await seedReference(database.db, ctx.now(), ctx.newId)
  await seedStations(database.db)
})
afterAll(() => database.close())

const said = (answer: unknown) => JSON.stringify(answer)

describe('sample readings of a demo', () => {
  it('are kept nowhere but in a demo', async () => {
    expect(await keepDemoReadings({ ...ctx, settings: { ...ctx.settings, isDemo: false } })).toBe(0)
    expect((await listLatest(ctx)).every(({ value }) => value === null)).toBe(true)
  })

  it('answer for every station, fresh, below the alarm levels, with a trend and under no service’s name', async () => {
    expect(await keepDemoReadings(ctx)).toBe(5 * 48 + 3 * 48)
    const latest = await listLatest(ctx)
    expect(latest).toHaveLength(6)
    for (const { value, isStale, perHour, stage, station } of latest) {
      expect(value).not.toBeNull()
      expect(isStale).toBe(false)
      expect(station.operator).toMatch(/^số liệu minh họa/)
      if (station.kind === 'river') expect([perHour === null, stage]).toEqual([false, 0])
    }
    const [air] = await listAir(ctx)
    expect(air).toMatchObject({
      band: 'moderate',
      bandName: 'trung bình',
      dominant: 'pm2_5',
      isStale: false,
    })
    const water = said(await answerWaterLevel(ctx, 'nuoc song bo gio may met'))
    expect(water).toMatch(/Sông Bồ, trạm Phú Ốc: 0,\d\d m lúc \d\d:\d\d.*dưới báo động 1/)
    expect(water).toContain('số liệu minh họa')
    expect(said(await answerAirQuality(ctx))).toMatch(/VN_AQI \d+, mức trung bình.*minh họa/)
  })

  it('fire nothing', async () => {
    const events = await database.db
      .selectFrom('domainEvent')
      .select('kind')
      .where('kind', 'like', 'readings.%')
      .execute()
    expect(events).toEqual([])
  })

  it('go on with the clock, each moment once', async () => {
    expect(await keepDemoReadings(ctx)).toBe(0)
    clock.advance(2 * HOUR_SECONDS)
    expect(await keepDemoReadings(ctx)).toBe(5 * 2 + 3 * 2)
  })

  it('leave a station alone that somebody else feeds', async () => {
    clock.advance(HOUR_SECONDS)
    const at = ctx.now().toISOString()
    const drill = { station: 'phu-oc', property: 'water_level', at, value: 230 }
    await ingestReadings(ctx, { readings: [drill] })
    clock.advance(HOUR_SECONDS)
    expect(await keepDemoReadings(ctx)).toBe(4 * 2 + 3 * 2)
    const latest = await listLatest(ctx)
    expect(latest.find(({ station }) => station.code === 'phu-oc')?.value).toBe(230)
  })
})
