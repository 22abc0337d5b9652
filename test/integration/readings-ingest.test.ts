import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import {
  createStationKey,
  importReadings,
  ingestReadings,
  listStationKeys,
  parseReadingsCsv,
  purgeReadings,
  revokeStationKey,
  saveStation,
  summariseReadings,
} from '../../api/rooms/readings/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { errorOf, official } from './areas-kit.ts'
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

const audits = async () =>
  (await test.db.selectFrom('audit').select('action').orderBy('seq').execute()).map((r) => r.action)

describe('ingestReadings', () => {
  it('stores once, whatever order and however often', async () => {
    const { put, reading, qualities } = room
    expect(await put(reading(0, 120), reading(20, 110), reading(10, 1.15, { unit: 'm' }))).toEqual({
      stored: 3,
      duplicates: 0,
      corrected: 0,
      doubtful: {},
      refused: [],
    })
    expect(await put(reading(0, 120), reading(20, 110))).toMatchObject({ stored: 0, duplicates: 2 })
    expect(await qualities()).toEqual([
      [110, 'good'],
      [115, 'good'],
      [120, 'good'],
    ])
  })

  it('keeps what was corrected, also the newest', async () => {
    const { put, reading, qualities } = room
    await put(reading(10, 110), reading(0, 150))
    expect(await put(reading(0, 112))).toMatchObject({ corrected: 1, stored: 0 })
    expect(await qualities()).toEqual([
      [110, 'good'],
      [112, 'corrected'],
    ])
    const kept = await test.db.selectFrom('readingRevision').select(['value', 'quality']).execute()
    expect(kept).toEqual([{ value: 150, quality: 'good' }])
    expect(await audits()).toContain('readings.corrected')
  })

  it('flags what it doubts, and a doubtful one never replaces a good one', async () => {
    const { put, reading, qualities } = room
    const result = await put(
      reading(60, 100),
      reading(50, 9_999),
      reading(40, 99_999),
      reading(30, 3, { unit: 'ft' }),
      reading(-60, 120),
      reading(5, 101),
    )
    const one = { jump: 1, impossible: 1, wrong_unit: 1, future: 1 }
    expect(result).toMatchObject({ stored: 6, doubtful: one })
    expect(await put(reading(60, 30_000))).toMatchObject({ duplicates: 1 })
    expect(await put(reading(65, 99))).toMatchObject({ stored: 1 })
    expect((await qualities()).map(([, quality]) => quality)).toEqual([
      'late',
      'good',
      'jump',
      'impossible',
      'wrong_unit',
      'good',
      'future',
    ])
    expect(await put(reading(50, 101))).toMatchObject({ corrected: 1 })
  })

  it('takes air in milligrams and refuses negatives', async () => {
    const air = { station: 'air-demo', property: 'co' }
    const result = await room.put(
      room.reading(0, 1.2, { ...air, unit: 'mg/m3' }),
      room.reading(10, -1, air),
    )
    expect(result.doubtful).toEqual({ negative: 1 })
    expect(await room.qualities()).toEqual([
      [-1, 'negative'],
      [1_200, 'good'],
    ])
  })

  it('refuses unknown stations, foreign stations and properties alike, and what is too old', async () => {
    const { ctx, reading } = room
    const rows = [
      reading(0, 1, { station: 'nowhere' }),
      reading(0, 1, { property: '__proto__' }),
      reading(0, 1, { station: 'kim-long' }),
      reading(200 * 24 * 60, 1),
      reading(0, 101),
    ]
    const unstorable = [reading(0, 1, { station: '\u0000' })]
    expect((await ingestReadings(ctx, { readings: unstorable })).refused).toEqual([
      { index: 0, code: 'not_yours' },
    ])
    const result = await ingestReadings(ctx, { readings: rows }, { stationCodes: ['phu-oc'] })
    expect(result.refused).toEqual([
      { index: 0, code: 'not_yours' },
      { index: 1, code: 'not_yours' },
      { index: 2, code: 'not_yours' },
      { index: 3, code: 'too_old' },
    ])
    expect(result.stored).toBe(1)
  })

  it('is for whoever manages readings', async () => {
    const input = { readings: [room.reading(0, 100)] }
    const who: [Actor, string][] = [
      [{ kind: 'anonymous' }, 'http.unauthenticated'],
      [official(['officer']), 'http.forbidden'],
    ]
    for (const [actor, code] of who)
      expect((await errorOf(ingestReadings(room.as(actor), input))).code).toBe(code)
    expect(await ingestReadings(room.as(official(['admin'])), input)).toMatchObject({ stored: 1 })
    expect((await errorOf(ingestReadings(room.ctx, { readings: [] }))).code).toBe(
      'http.invalid_input',
    )
  })

  it('tells a crossing once each way, and nobody of an old one', async () => {
    const { put, reading, events } = room
    await put(reading(600, 140), reading(590, 160))
    expect(await events()).toEqual([])
    await put(reading(60, 290), reading(50, 300), reading(40, 305))
    await put(reading(30, 299), reading(20, 301))
    expect(await events()).toEqual([
      expect.objectContaining({ subjectId: 'phu-oc', from: 1, to: 2, levelCm: 300 }),
    ])
  })

  it('gives the same rows in whatever order and slices they come (what is judged by order aside)', async () => {
    const values = [100, 104, 108, 113, 117, 120]
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 })
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 5 }), async (places, cut) => {
        await test.truncate()
        await room.seed()
        const rows = places.map((i) => room.reading(60 - i * 10, values[i] ?? 0))
        await room.put(...rows.slice(0, cut))
        await room.put(...rows.slice(cut))
        expect((await room.qualities()).map(([value]) => value)).toEqual(values)
        const series = await test.db.selectFrom('readingSeries').select('lastValue').execute()
        expect(series).toEqual([{ lastValue: 120 }])
      }),
      { numRuns: 10 },
    )
  })
})

describe('POST /api/v1/readings', () => {
  it('takes the key of a station for that station only', async () => {
    const key = await room.key('phu-oc')
    const { request } = testApp(test.db, { ports: room.ports, now: room.clock.now })
    const readings = [room.reading(0, 100), room.reading(0, 100, { station: 'kim-long' })]
    const send = (headers: Record<string, string>) =>
      request('/api/v1/readings', { json: { readings }, headers })
    const done = await send({ 'x-station-key': key })
    expect(done.status).toBe(200)
    expect(await done.json()).toMatchObject({
      stored: 1,
      refused: [{ index: 1, code: 'not_yours' }],
    })
    expect((await send({})).status).toBe(401)
    expect((await send({ 'x-station-key': `${key.slice(1)}A` })).status).toBe(401)
    const stored = await test.db.selectFrom('readingKey').select('keyHash').execute()
    expect(JSON.stringify(stored)).not.toContain(key)
  })

  it('never answers 500, whatever comes in', async () => {
    const key = await room.key('phu-oc')
    const { request } = testApp(test.db, { ports: room.ports, now: room.clock.now })
    const row = fc.record(
      {
        station: fc.oneof(fc.constant('phu-oc'), fc.string(), fc.constant(null)),
        property: fc.oneof(fc.constant('water_level'), fc.string()),
        at: fc.oneof(
          fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
          fc.string(),
          fc.constant('9999-12-31T23:59:59+14:00'),
        ),
        value: fc.oneof(fc.double(), fc.integer(), fc.string()),
        unit: fc.oneof(fc.string(), fc.constant('m')),
      },
      { requiredKeys: [] },
    )
    const body = fc.oneof(fc.record({ readings: fc.array(row, { maxLength: 5 }) }), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(body, async (json) => {
        const answer = await request('/api/v1/readings', {
          json,
          headers: { 'x-station-key': key },
        })
        expect([200, 400, 401, 422, 429]).toContain(answer.status)
      }),
      { numRuns: 60 },
    )
  })
})

describe('keys and stations', () => {
  it('a revoked key is nobody’s; again changes nothing; audited', async () => {
    const { ctx } = room
    const { id, key } = await createStationKey(ctx, { label: 'x', stationCodes: ['phu-oc'] })
    await revokeStationKey(ctx, { id })
    await revokeStationKey(ctx, { id })
    const { request } = testApp(test.db, { ports: room.ports, now: room.clock.now })
    const answer = await request('/api/v1/readings', {
      json: { readings: [room.reading(0, 1)] },
      headers: { 'x-station-key': key },
    })
    expect(answer.status).toBe(401)
    const actions = (await audits()).filter((action) => action.startsWith('readings.key'))
    expect(actions).toEqual(['readings.key_created', 'readings.key_revoked'])
    expect(await listStationKeys(ctx)).toMatchObject([{ id, label: 'x' }])
    const missing = revokeStationKey(ctx, { id: ctx.newId() })
    expect((await errorOf(missing)).code).toBe('readings.not_found')
  })

  it('only an admin makes keys and stations', async () => {
    const officer = room.as(official(['officer']))
    const key = createStationKey(officer, { label: 'x', stationCodes: ['phu-oc'] })
    expect((await errorOf(key)).code).toBe('http.forbidden')
    const unknown = createStationKey(room.ctx, { label: 'x', stationCodes: ['none'] })
    expect((await errorOf(unknown)).code).toBe('readings.not_found')
    const station = saveStation(officer, {
      code: 'rain-1',
      kind: 'rain',
      nameVi: 'x',
      nameEn: 'x',
      unitCodes: [],
      operatorVi: 'x',
      operatorEn: 'x',
      source: 'x',
      validFrom: '2026-01-01',
    })
    expect((await errorOf(station)).code).toBe('http.forbidden')
    expect(await audits()).toEqual(['readings.station_added'])
  })
})

describe('readings:import', () => {
  it('names every bad line and then stores nothing', async () => {
    const csv =
      'station;property;at;value;unit\nphu-oc;water_level;2026-11-23 08:00;1,25;m\nx;;;\nphu-oc;water_level;2026-02-30 08:00;1;m'
    expect(parseReadingsCsv(csv).faults).toEqual([
      { line: 3, code: 'property' },
      { line: 4, code: 'time' },
    ])
    expect(parseReadingsCsv('a,b\n1,2').faults).toEqual([{ line: 1, code: 'columns' }])
    const text =
      'station,property,at,value\nphu-oc,water_level,2025-10-27T20:00:00+07:00,525\nnone,water_level,2025-10-27 20:00,1'
    const error = await errorOf(importReadings(room.ctx, parseReadingsCsv(text).rows))
    expect(error.code).toBe('readings.invalid_import')
    expect(error.issues).toEqual([{ path: 'line 3', code: 'not_yours' }])
    expect(await room.qualities()).toEqual([])
  })

  it('takes history, and again changes nothing', async () => {
    const text = 'station,property,at,value\r\nphu-oc,water_level,2025-10-27 20:00,525\r\n'
    const { rows } = parseReadingsCsv(text)
    expect(await importReadings(room.ctx, rows)).toMatchObject({ stored: 1 })
    expect(await importReadings(room.ctx, rows)).toMatchObject({ stored: 0, duplicates: 1 })
    expect((await audits()).at(-1)).toBe('readings.imported')
    const officer = importReadings(room.as(official(['officer'])), rows)
    expect((await errorOf(officer)).code).toBe('http.forbidden')
  })
})

describe('hours, days and the purge', () => {
  it('hours and days outlive the readings', async () => {
    const { put, reading, ctx, clock } = room
    await put(reading(50, 100), reading(40, 110), reading(30, 120))
    expect(await summariseReadings(ctx)).toBe(1)
    expect(await summariseReadings(ctx)).toBe(0)
    clock.advance(91 * 86_400)
    expect(await purgeReadings(ctx)).toBe(3)
    const hours = await test.db.selectFrom('readingHour').selectAll().execute()
    const days = await test.db.selectFrom('readingDay').selectAll().execute()
    expect(hours).toEqual([
      {
        seriesId: 1,
        at: '2026-11-23T01:00:00.000Z',
        n: 3,
        low: 100,
        high: 120,
        mean: 110,
        total: 330,
      },
    ])
    expect(days).toMatchObject([{ at: '2026-11-22T17:00:00.000Z', n: 3, mean: 110 }])
    expect(await room.qualities()).toEqual([])
  })

  it('a correction works its hour out again; what is not worked out is not purged', async () => {
    const { put, reading, ctx, clock } = room
    await put(reading(10, 100))
    await summariseReadings(ctx)
    await put(reading(10, 140))
    clock.advance(91 * 86_400)
    expect(await purgeReadings(ctx)).toBe(0)
    await summariseReadings(ctx)
    expect(await purgeReadings(ctx)).toBe(1)
  })
})
