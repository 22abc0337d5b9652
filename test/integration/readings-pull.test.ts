import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx, ReadingSource } from '../../api/context.ts'
import { AppError } from '../../api/core/errors.ts'
import { createFetchDocument } from '../../api/hosts/outside-document.ts'
import { listReadingSources, pullReadings } from '../../api/rooms/readings/index.ts'
import {
  airSensors,
  DAK_NONG,
  KIM_LONG,
  PHU_OC,
  riverMap,
  serveSources,
} from '../fakes/reading-sources.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openReadings } from './readings-kit.ts'

const MAP = '/water_level'
const AIR = '/v3/locations/2178/sensors'
let test: TestDb
let far: Awaited<ReturnType<typeof serveSources>>
let room: ReturnType<typeof openReadings>
let sources: ReadingSource[]
/** How long the map may take; only the test of a slow one is in a hurry. */
let mapMs: number
beforeAll(async () => {
  test = await openDatabase()
  far = await serveSources()
})
afterAll(async () => {
  far.close()
  await test.close()
})
beforeEach(async () => {
  await test.truncate()
  room = openReadings(test.db)
  await room.seed()
  far.answers.clear()
  far.asked.length = 0
  mapMs = 15_000
  sources = [
    { kind: 'river-map', url: far.root + MAP },
    { kind: 'openaq', url: far.root + AIR, stationCode: 'air-demo' },
  ]
})

const ctx = (overrides: Partial<Ctx['ports']> = {}): Ctx => ({
  ...room.ctx,
  settings: { ...room.ctx.settings, readingSources: sources },
  ports: {
    ...room.ctx.ports,
    fetchDocument: (url, options) =>
      createFetchDocument({
        isAllowed: (address, to) => address === '127.0.0.1' && to === far.port,
        wholeMs: url.endsWith(MAP) ? mapMs : 15_000,
        originHeaders: { [far.root]: { 'x-api-key': 'khoa' } },
      })(url, options),
    ...overrides,
  },
})
const pull = (minutes = 0) => {
  room.clock.advance(minutes * 60)
  return pullReadings(ctx())
}
const standing = async () =>
  Object.fromEntries(
    (await listReadingSources(ctx())).map(({ url, problem, failures }) => [
      new URL(url).pathname,
      { problem, failures },
    ]),
  )
const stored = async () => {
  const rows = await test.db
    .selectFrom('reading')
    .innerJoin('readingSeries', 'readingSeries.id', 'reading.seriesId')
    .select(['stationCode', 'property', 'value', 'quality', 'at'])
    .orderBy('stationCode')
    .orderBy('property')
    .execute()
  return rows.map((r) => [r.stationCode, r.property, r.value, r.quality, r.at])
}
const MAP_STORED = [
  ['kim-long', 'water_level', 35, 'good', '2026-11-23T01:00:00.000Z'],
  ['phu-oc', 'water_level', 162, 'good', '2026-11-23T01:00:00.000Z'],
]
const sayMap = (etag?: string) => far.say(MAP, riverMap(DAK_NONG, PHU_OC, KIM_LONG), etag)

describe('sources that are asked for readings', () => {
  it('bring stations of ours through the rules of the door, once, and move the stage', async () => {
    sayMap()
    far.say(AIR, airSensors())
    expect(await pull()).toBe(5)
    expect(await stored()).toEqual([
      ['air-demo', 'no2', 0.01, 'wrong_unit', '2026-11-23T01:00:00.000Z'],
      ['air-demo', 'pm10', 41, 'good', '2026-11-23T01:00:00.000Z'],
      ['air-demo', 'pm2_5', 20.3, 'good', '2026-11-23T01:00:00.000Z'],
      ...MAP_STORED,
    ])
    expect(await room.events()).toMatchObject([
      { kind: 'readings.stage_changed', subjectId: 'phu-oc', from: 0, to: 1, levelCm: 162 },
    ])
    expect(far.asked.map(({ headers }) => headers['x-api-key'])).toEqual(['khoa', 'khoa'])
    // The same under another version: read again, and nothing is new.
    sayMap('"2"')
    expect(await pull(10)).toBe(0)
    expect(await stored()).toHaveLength(5)
    expect(await standing()).toEqual({
      [MAP]: { problem: null, failures: 0 },
      [AIR]: { problem: null, failures: 0 },
    })
  })

  it('are asked each ten minutes, by what they called the last state', async () => {
    sayMap()
    far.say(AIR, airSensors())
    await pull()
    expect(await pull(9)).toBe(0)
    expect(far.asked).toHaveLength(2)
    expect(await pull(1)).toBe(0)
    expect(far.asked.slice(2).map(({ headers }) => headers['if-none-match'])).toEqual([
      '"1"',
      '"1"',
    ])
    expect((await listReadingSources(ctx()))[0]).toMatchObject({
      problem: null,
      okAt: room.clock.now().toISOString(),
    })
  })

  it('hold up no other when one is down, and are asked ever more seldom until they answer', async () => {
    far.answers.set(AIR, (_in, out) => out.writeHead(503).end())
    sayMap()
    expect(await pull()).toBe(2)
    expect(await standing()).toEqual({
      [MAP]: { problem: null, failures: 0 },
      [AIR]: { problem: 'http_503', failures: 1 },
    })
    const asksOfAir = () => far.asked.filter(({ url }) => url === AIR).length
    for (const [minutes, asks] of [
      [10, 2],
      [10, 2],
      [10, 3],
      [20, 3],
      [10, 4],
    ] as const) {
      await pull(minutes)
      expect(asksOfAir()).toBe(asks)
    }
    far.say(AIR, airSensors())
    expect(await pull(30)).toBe(3)
    expect(await standing()).toMatchObject({ [AIR]: { problem: null, failures: 0 } })
  })

  it.each([
    ['a page of maintenance', (out) => out.end('<html>Bảo trì</html>'), 'not_readable'],
    ['no gauge of ours', (out) => out.end(riverMap(DAK_NONG)), 'none_of_ours'],
    ['a refusal', (out) => out.writeHead(403).end(), 'http_403'],
    ['an unasked 304', (out) => out.writeHead(304).end(), 'http_304'],
    ['a huge answer', (out) => out.end(' '.repeat(2_000_001)), 'too_large'],
    ['half an answer', (out) => out.setHeader('content-length', '99').end('{'), 'network'],
    [
      'a way into our own network',
      (out) => out.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      'address_not_allowed',
    ],
  ] as [string, (out: import('node:http').ServerResponse) => void, string][])(
    '%s stores nothing, is named, and the other source is taken',
    async (_what, answer, problem) => {
      far.answers.set(MAP, (_in, out) => answer(out))
      far.say(AIR, airSensors())
      expect(await pull()).toBe(3)
      expect(await standing()).toMatchObject({
        [MAP]: { problem },
        [AIR]: { problem: null, failures: 0 },
      })
    },
  )

  it('that never end are left after their time, and the other is taken', async () => {
    mapMs = 200
    far.answers.set(MAP, (_in, out) => void out.write('{'))
    far.say(AIR, airSensors())
    expect(await pull()).toBe(3)
    expect(await standing()).toMatchObject({ [MAP]: { problem: 'network', failures: 1 } })
  })

  it('that tell of last season alone are named', async () => {
    far.say(AIR, airSensors('2026-01-05T01:00:00Z'))
    expect(await pull()).toBe(0)
    expect(await standing()).toMatchObject({ [AIR]: { problem: 'too_old' } })
  })

  it('that are broken in half give the whole half; a silent gauge is no fault', async () => {
    const silent = { ...KIM_LONG, level: 'Mực nước :Không có số liệu' }
    far.say(MAP, riverMap(null, { ...KIM_LONG, level: 'Mực nước (x(m)' }, silent, PHU_OC))
    expect(await pull()).toBe(1)
    expect(await stored()).toEqual([MAP_STORED[1]])
  })

  it('of a station that we do not have are named and take nothing', async () => {
    sources = [{ kind: 'openaq', url: far.root + AIR, stationCode: 'nowhere' }]
    far.say(AIR, airSensors())
    expect(await pull()).toBe(0)
    expect(await standing()).toEqual({ [AIR]: { problem: 'unknown_station', failures: 1 } })
    sources = [{ kind: 'openaq', url: far.root + AIR, stationCode: 'phu-oc' }]
    expect(await pull(30)).toBe(0)
    expect(await standing()).toEqual({ [AIR]: { problem: 'unknown_station', failures: 2 } })
  })

  it('are not asked where nothing can be fetched, nor by whoever may not manage readings', async () => {
    expect(await pullReadings(ctx({ fetchDocument: null }))).toBe(0)
    expect(await standing()).toMatchObject({ [MAP]: { problem: 'fetching_off' } })
    const nobody = { ...ctx(), actor: { kind: 'anonymous' } as const }
    await expect(listReadingSources(nobody)).rejects.toBeInstanceOf(AppError)
    sources = []
    expect(await pull(30)).toBe(0)
    expect(await listReadingSources(ctx())).toEqual([])
    expect(far.asked).toEqual([])
  })
})
