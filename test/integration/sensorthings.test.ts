import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type TestDb, testPorts } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { openReadings } from './readings-kit.ts'

const ROOT = '/sensorthings/v1.1'
const BASE = `http://127.0.0.1:8080${ROOT}`
const STREAM = "Datastreams('phu-oc.water_level')"
let test: TestDb
let app: TestApp
let room: ReturnType<typeof openReadings>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())
async function open(): Promise<void> {
  await test.truncate()
  app = testApp(test.db)
  room = openReadings(test.db, app.clock)
  await room.seed()
  // Ten minutes apart, the newest of now; one that is kept and not used.
  await room.put(...[150, 140, 130, 120, 110].map((cm, i) => room.reading(i * 10, cm)))
  await room.put(room.reading(-60, 155))
}

type Page = { value: Record<string, unknown>[]; '@iot.count'?: number; '@iot.nextLink'?: string }
const get = (path: string) => app.request(path.startsWith('http') ? path : `${ROOT}/${path}`)
const read = async (path: string): Promise<Page & Record<string, unknown>> => {
  const answer = await get(path)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as Page & Record<string, unknown>
}
const results = async (options: string) =>
  (await read(`${STREAM}/Observations?${options}`)).value.map(({ result }) => result)
const at = (minutesAgo: number) => room.reading(minutesAgo, 0).at

describe('SensorThings', () => {
  beforeAll(open)

  it('tells at its root where the sets are and what it keeps of the standard', async () => {
    for (const path of [ROOT, `${ROOT}/`]) {
      const root = await read(`http://127.0.0.1:8080${path}`)
      expect(root.value.map(({ name }) => name)).toContain('Observations')
      expect(JSON.stringify(root.serverSettings)).toContain('iot_sensing/1.1/req/datamodel')
    }
  })

  it('every link of every entity leads somewhere, from the root on', async () => {
    const seen = new Set<string>()
    const follow = async (url: string) => {
      if (seen.has(url) || seen.size > 200) return
      seen.add(url)
      const page = await read(url)
      for (const entity of 'value' in page ? page.value.slice(0, 2) : [page])
        for (const [name, link] of Object.entries(entity))
          if (/Link$|^url$/.test(name)) await follow(String(link))
    }
    await follow(BASE)
    expect(seen.size).toBeGreaterThan(40)
  })

  it('shows a station with its stream, unit, property, place and newest results', async () => {
    expect(await read("Things('phu-oc')")).toMatchObject({
      ...{ '@iot.id': 'phu-oc', '@iot.selfLink': `${BASE}/Things('phu-oc')` },
      properties: { kind: 'river', nationalCode: '71518' },
      'Datastreams@iot.navigationLink': `${BASE}/Things('phu-oc')/Datastreams`,
    })
    expect(await read(STREAM)).toMatchObject({
      unitOfMeasurement: { symbol: 'cm', name: 'centimetre' },
      observationType: expect.stringMatching(/OM_Measurement$/),
    })
    expect(await read(`${STREAM}/ObservedProperty`)).toMatchObject({
      definition: expect.stringMatching(/^http/),
      name: 'mực nước sông',
    })
    expect((await read("Things('phu-oc')/Locations")).value).toMatchObject([
      { location: { type: 'Point', coordinates: [107.47, 16.55] } },
    ])
    expect((await read("Things('thuong-nhat')/Locations")).value).toEqual([])
    // A stream is there before its first reading, so that a sensor knows where to write.
    expect(await read("Datastreams('thuong-nhat.water_level')/Observations")).toEqual({ value: [] })
  })

  it('gives observations newest first, and never what is in doubt', async () => {
    expect(await results('')).toEqual([150, 140, 130, 120, 110])
    expect(await results('$orderby=phenomenonTime asc&$top=2')).toEqual([110, 120])
    expect(await results(`$filter=phenomenonTime ge ${at(20)} and result lt 150`)).toEqual([
      140, 130,
    ])
    expect(await results(`$filter=phenomenonTime eq ${at(40)}`)).toEqual([110])
    expect(await results('$filter=result ne 130&$skip=1&$top=2')).toEqual([140, 120])
    const { value } = await read('Observations?$top=1&$select=id,result,Datastream')
    expect(Object.keys(value[0] ?? {}).sort()).toEqual([
      ...['@iot.id', 'Datastream@iot.navigationLink', 'result'],
    ])
    const id = value[0]?.['@iot.id']
    expect(await read(`Observations('${id}')`)).toMatchObject({
      ...{ result: 150, phenomenonTime: at(0) },
      parameters: { quality: 'good' },
    })
    expect(await (await get(`Observations('${id}')/result/$value`)).text()).toBe('150')
    const doubtful = `phu-oc.water_level.${Date.parse(at(-60))}`
    expect((await get(`Observations('${doubtful}')`)).status).toBe(404)
  })

  it('puts what an entity leads to in its place', async () => {
    const { value } = await read('Things?$expand=Locations,Datastreams&$select=name&$count=true')
    expect(value).toHaveLength(6)
    expect(value.find(({ name }) => String(name).includes('Phú Ốc'))).toEqual({
      name: 'Sông Bồ, trạm Phú Ốc',
      Locations: [expect.objectContaining({ encodingType: 'application/geo+json' })],
      Datastreams: [expect.objectContaining({ '@iot.id': 'phu-oc.water_level' })],
    })
    const { Thing, ObservedProperty } = await read(`${STREAM}?$expand=Thing,ObservedProperty`)
    expect([Thing, ObservedProperty]).toMatchObject([
      { '@iot.id': 'phu-oc' },
      { '@iot.id': 'water_level' },
    ])
    const one = await read(`${STREAM}/Observations?$top=1&$expand=FeatureOfInterest`)
    expect(one.value).toMatchObject([{ result: 150, FeatureOfInterest: { '@iot.id': 'phu-oc' } }])
  })

  it.each(['desc', 'asc'])('leads through pages %s, each observation once', async (direction) => {
    await room.put(
      room.reading(10, 40, { station: 'kim-long' }),
      room.reading(30, 41, { station: 'kim-long' }),
    )
    const found: unknown[] = []
    let next: string | undefined =
      `Observations?$top=2&$count=true&$orderby=phenomenonTime ${direction}`
    while (next !== undefined) {
      const page: Page = await read(next)
      expect(page['@iot.count']).toBe(7)
      found.push(...page.value.map(({ phenomenonTime }) => phenomenonTime))
      next = page['@iot.nextLink']
    }
    const expected = [0, 10, 10, 20, 30, 30, 40].map(at)
    expect(found).toEqual(direction === 'desc' ? expected : expected.reverse())
    const things = await read('Things?$top=4&$count=true')
    expect(things['@iot.count']).toBe(6)
    const rest = await read(things['@iot.nextLink'] ?? '')
    expect([...things.value, ...rest.value]).toHaveLength(6)
    expect(rest['@iot.nextLink']).toBeUndefined()
  })

  it.each([
    ['Observations?$top=x', 400, 'readings.query_invalid'],
    ['Datastreams?$expand=Observations', 501, 'readings.query_unsupported'],
    ['Things?$filter=name eq 1', 501, 'readings.query_unsupported'],
    ['Things?$nonsense=1', 400, 'readings.query_invalid'],
    ["Things('nowhere')", 404, 'http.not_found'],
    ['Nothing', 404, 'http.not_found'],
    ['%E0%A4%A', 404, 'http.not_found'],
    ["Observations('phu-oc.water_level.5')/Datastream", 404, 'http.not_found'],
    ["Observations('phu-oc.water_level.99999999999999')", 404, 'http.not_found'],
  ])('%s is refused with %i', async (path, status, code) => {
    const answer = await get(path)
    expect([answer.status, (await answer.json()).code]).toEqual([status, code])
  })

  it('is limited for each caller like the other doors', async () => {
    const asked: string[] = []
    const take = async (key: string) => {
      asked.push(key)
      return { ok: false, retryAfterSeconds: 7 } as const
    }
    const { request } = testApp(test.db, { ports: testPorts({ limits: { take } }) })
    const answer = await request(`${ROOT}/Things`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
    expect(asked).toMatchObject([expect.stringMatching(/^http:sensorthings:/)])
  })
})

describe('an observation from a sensor', () => {
  beforeEach(open)

  const post = async (
    body: unknown,
    { key, path = 'Observations' }: { key?: string; path?: string } = {},
  ) =>
    app.request(`${ROOT}/${path}`, {
      method: 'POST',
      json: body,
      headers: key === undefined ? {} : { 'X-Station-Key': key },
    })
  const body = (result: unknown, more: object = {}) => ({
    ...{ result, phenomenonTime: at(5), Datastream: { '@iot.id': 'phu-oc.water_level' } },
    ...more,
  })

  it('is taken by the door of readings, once, and stands at its address', async () => {
    const key = await room.key('phu-oc')
    for (const _ of [1, 2]) {
      const answer = await post(body(146), { key })
      expect(answer.status).toBe(201)
      const url = answer.headers.get('location') ?? ''
      expect(await read(url)).toMatchObject({ result: 146, phenomenonTime: at(5) })
    }
    expect(await results('$top=2')).toEqual([150, 146])
    expect((await post({ result: 147 }, { key, path: `${STREAM}/Observations` })).status).toBe(201)
    expect(await results('')).toHaveLength(6)
  })

  it('is told that it is in doubt, and shown to nobody', async () => {
    const answer = await post(body(9000, { phenomenonTime: at(-1) }), {
      key: await room.key('phu-oc'),
    })
    expect([answer.status, (await answer.json()).parameters]).toEqual([201, { quality: 'jump' }])
    expect(await results('')).toHaveLength(5)
  })

  it('needs a key, of this very station, and a body that says what and where', async () => {
    const key = await room.key('phu-oc')
    expect((await post(body(146))).status).toBe(401)
    expect((await post(body(146), { key: 'x'.repeat(43) })).status).toBe(401)
    for (const id of [
      'kim-long.water_level',
      'nowhere.water_level',
      'phu-oc.constructor',
      'phu-oc',
    ]) {
      const answer = await post(body(146, { Datastream: { '@iot.id': id } }), { key })
      expect([id, answer.status]).toEqual([id, 404])
    }
    const wrong = [
      ...[
        body('146'),
        body(146, { Datastream: undefined }),
        body(146, { Datastream: { '@iot.id': 7 } }),
      ],
      ...[
        body(146, { phenomenonTime: 'hôm qua' }),
        body(146, { phenomenonTime: at(200_000) }),
        null,
        [],
      ],
    ]
    for (const one of wrong) expect((await post(one, { key })).status).toBe(422)
    expect((await post({}, { key, path: 'Things' })).status).toBe(405)
    const put = await app.request(`${ROOT}/${STREAM}`, { method: 'PUT', json: {} })
    expect(put.status).toBe(405)
    expect(await results('')).toHaveLength(5)
  })
})
