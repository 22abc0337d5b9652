import type { Actor, Db } from '../../api/context.ts'
import {
  createStationKey,
  ingestReadings,
  saveStation,
  seedStations,
} from '../../api/rooms/readings/index.ts'
import { type TestClock, testClock, testCtx, testPorts } from '../harness.ts'

const MINUTE_MS = 60_000

/** The readings room over one database, with the shipped stations and one for air. */
export function openReadings(db: Db, clock: TestClock = testClock()) {
  const ports = testPorts()
  const as = (actor?: Actor, language: 'vi' | 'en' = 'vi') =>
    testCtx(db, { clock, ports, language, ...(actor === undefined ? {} : { actor }) })
  const ctx = as()
  const seed = async () => {
    await seedStations(db)
    await saveStation(ctx, {
      code: 'air-demo',
      kind: 'air',
      nameVi: 'Quảng Điền',
      nameEn: 'Quảng Điền',
      unitCodes: ['19867'],
      operatorVi: 'UBND thành phố Huế',
      operatorEn: 'Huế city',
      source: 'test',
      validFrom: '2025-07-01',
    })
  }
  /** One reading, so many minutes ago. */
  const reading = (minutesAgo: number, value: number, more: Record<string, unknown> = {}) => ({
    station: 'phu-oc',
    property: 'water_level',
    at: new Date(clock.now().getTime() - minutesAgo * MINUTE_MS).toISOString(),
    value,
    ...more,
  })
  const put = (...readings: ReturnType<typeof reading>[]) => ingestReadings(ctx, { readings })
  const key = async (...stationCodes: string[]) =>
    (await createStationKey(ctx, { label: 'logger', stationCodes })).key
  const events = async () => {
    const rows = await db
      .selectFrom('domainEvent')
      .select(['kind', 'subjectId', 'data'])
      .where('kind', 'like', 'readings.%')
      .orderBy('seq')
      .execute()
    return rows.map(({ kind, subjectId, data }) => ({ kind, subjectId, ...data }))
  }
  const qualities = async () => {
    const rows = await db.selectFrom('reading').select(['value', 'quality']).orderBy('at').execute()
    return rows.map(({ value, quality }) => [value, quality])
  }
  return { ctx, as, clock, ports, seed, reading, put, key, events, qualities }
}
