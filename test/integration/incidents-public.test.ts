import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CreateIncident, PublicIncident } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, INSIDE, openCommune, UNIT } from './incidents-kit.ts'

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

type Feature = {
  id: string
  geometry: { coordinates: number[] }
  properties: Record<string, unknown>
}
type Collection = { features: Feature[]; hasMore: boolean }
const WINDOW = '107.4,16.4,107.7,16.7'
const get = (path: string, headers: Record<string, string> = {}) =>
  http.request(`/api/v1${path}`, { headers })
const codes = async (query: string) => {
  const answer = await get(`/incidents?${query}`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: PublicIncident[] }).items.map((i) => i.publicCode)
}
const map = async (query = '') => {
  // A new second, so that no kept window answers.
  c.clock.advance(2)
  const answer = await get(`/incidents.geojson?bbox=${WINDOW}${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Collection
}
const at = (lng: number, lat: number): Partial<CreateIncident> => ({
  place: { source: 'pin', lng, lat, unitCode: UNIT },
})
const open = async (
  more: Partial<CreateIncident> = {},
  state: Parameters<Commune['walkTo']>[1] = 'accepted',
) => {
  const { publicCode } = await c.report(more)
  await c.walkTo(publicCode, state)
  return publicCode
}

describe('the public list', () => {
  it('filters by box, unit, category, group and day', async () => {
    const road = await open()
    const answered = await open({ category: 'trees', ...at(107.535, 16.575) }, 'answered')
    await c.report()
    expect(await codes('')).toEqual([answered, road])
    expect(await codes('bbox=107.534,16.574,107.536,16.576')).toEqual([answered])
    expect(await codes(`unit=${UNIT}&category=road`)).toEqual([road])
    const tree = await open({ category: 'trees', description: 'Cây bàng nghiêng ra đường' })
    for (const q of ['cay bang', 'Cây bàng', tree]) {
      const words = encodeURIComponent(q)
      expect([q, await codes(`q=${words}`)]).toEqual([q, [tree]])
      const { features } = await map(`&q=${words}`)
      expect([q, features.map((one) => one.id)]).toEqual([q, [tree]])
    }
    expect((await map('&q=khong+co')).features).toEqual([])
    await c.move(c.dispatcher, tree, { kind: 'mark_duplicate', originalCode: road })
    expect(await codes('group=open')).toEqual([road])
    expect(await codes('group=answered')).toEqual([answered])
    expect(await codes('group=closed')).toEqual([])
    expect(await codes('since=2026-11-23&until=2026-11-23')).toEqual([answered, road])
    expect(await codes('since=2026-11-24')).toEqual([])
    expect(await codes('until=2026-11-22')).toEqual([])
  })

  it('shows what is late until it is answered, and marks a late answer for good', async () => {
    const code = await open({}, 'in_progress')
    expect(await codes('group=late')).toEqual([])
    c.clock.set('2026-12-20T02:00:00.000Z')
    expect(await codes('group=late')).toEqual([code])
    await c.move(c.officer, code, {
      kind: 'answer',
      text: 'Xong',
      mediaIds: [],
      noProofReason: 'x',
    })
    expect(await codes('group=late')).toEqual([])
    const shown = (await (await get(`/incidents/${code}`)).json()) as PublicIncident
    expect([shown.state, shown.isLate]).toEqual(['answered', true])
  })

  it.each(['bbox=1,2,3', 'bbox=108,16,107,17', 'bbox=0,0,0,91', 'group=mine', 'since=2026-02-30'])(
    'refuses %s',
    async (query) => {
      expect((await get(`/incidents?${query}`)).status).toBe(422)
    },
  )

  it('answers 304 to who has it, until something changes', async () => {
    const code = await open()
    const first = await get('/incidents')
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('public, max-age=1')
    const again = await get('/incidents', { 'If-None-Match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await c.move(c.dispatcher, code, { kind: 'assign', agencyCode: c.officer.agencyCode ?? '' })
    expect((await get('/incidents', { 'If-None-Match': etag })).status).toBe(200)
  })
})

describe('the map', () => {
  it('shows accepted cases with what a pin needs and nothing that was written', async () => {
    const code = await open()
    await c.report()
    const { features, hasMore } = await map()
    expect(hasMore).toBe(false)
    expect(features).toEqual([
      {
        type: 'Feature',
        id: code,
        geometry: { type: 'Point', coordinates: [INSIDE.lng, INSIDE.lat] },
        properties: {
          code,
          category: 'road',
          state: 'accepted',
          late: false,
          date: '2026-11-23',
          due: '2026-12-01',
        },
      },
    ])
  })

  it('holds a private place on the grid: no small window, circle or square finds the true one', async () => {
    const place = { source: 'pin' as const, lng: 107.53249, lat: 16.56949, isPrivate: true }
    const code = await open({ place: { ...place, unitCode: UNIT } })
    const { features } = await map()
    expect(features[0]?.geometry.coordinates).toEqual([107.532, 16.569])
    const around = `bbox=${place.lng - 1e-4},${place.lat - 1e-4},${place.lng + 1e-4},${place.lat + 1e-4}`
    expect(await codes(around)).toEqual([])
    expect(await codes(`lat=${place.lat}&lng=${place.lng}&radiusM=50`)).toEqual([])
    expect(await codes('lat=16.569&lng=107.532&radiusM=50')).toEqual([code])
  })

  it('says when a window holds more, newest first', async () => {
    const made = [await open(), await open(), await open()]
    const { features, hasMore } = await map('&limit=2')
    expect([features.map((f) => f.id), hasMore]).toEqual([[made[2], made[1]], true])
  })

  it('counts by squares for far views', async () => {
    await open(at(107.511, 16.551))
    await open(at(107.519, 16.559))
    await open(at(107.521, 16.551))
    const { features } = await map('&grid=true')
    expect(features.map((f) => [f.geometry.coordinates, f.properties])).toEqual([
      [[107.515, 16.555], { cases: 2, late: 0 }],
      [[107.525, 16.555], { cases: 1, late: 0 }],
    ])
  })

  it('is at most two seconds old, and 304 for who has it', async () => {
    const path = `/incidents.geojson?bbox=${WINDOW}`
    const first = await get(path)
    const etag = first.headers.get('etag') ?? ''
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(304)
    await open()
    expect(first.headers.get('cache-control')).toBe('public, max-age=0')
    c.clock.advance(2)
    const later = await get(path, { 'If-None-Match': etag })
    expect(later.status).toBe(200)
    expect(((await later.json()) as Collection).features).toHaveLength(1)
  })

  it('may be read by any page, and refuses a window that is none', async () => {
    const answer = await get(`/incidents.geojson?bbox=${WINDOW}`)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('content-type')).toBe('application/geo+json; charset=utf-8')
    for (const query of ['', '?bbox=1,2', '?bbox=108,16,107,17', `?bbox=${WINDOW}&limit=9999`]) {
      expect((await get(`/incidents.geojson${query}`)).status).toBe(422)
    }
  })
})

describe('open data', () => {
  it('is a dated CSV with its licence, oldest first, formulas disarmed', async () => {
    const first = await open({ description: '=HYPERLINK("http://x") gọi 0912345678' })
    const second = await open({ category: 'trees', description: 'Cây ngã, "to"' }, 'answered')
    await c.report()
    const answer = await get('/open-data/incidents.csv')
    expect(answer.headers.get('content-disposition')).toContain('incidents-2025-12-2026-11.csv')
    expect(answer.headers.get('link')).toContain('rel="license"')
    const lines = (await answer.text()).split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF?# /)
    expect(lines.filter((line) => line.startsWith('#')).join('\n')).toMatch(
      /CC-BY-4\.0[\s\S]*2026-11-23T09:00:00\+07:00[\s\S]*minh họa/,
    )
    const rows = lines.filter((line) => line.startsWith('HUE-'))
    expect(rows.map((row) => row.slice(0, 13))).toEqual([first, second])
    expect(rows[0]).toContain(`"'=HYPERLINK(""http://x"") gọi •••"`)
    expect(rows[1]).toContain('"Cây ngã, ""to"""')
    expect(rows[1]).toContain('Đã vá ổ gà')
  })

  it('is the same as GeoJSON, by months', async () => {
    const code = await open()
    const read = async (query: string) =>
      (await (await get(`/open-data/incidents.geojson?${query}`)).json()) as Collection & {
        licence: { id: string }
      }
    const all = await read('from=2026-11&to=2026-11')
    expect([all.licence.id, all.features.map((f) => f.id)]).toEqual(['CC-BY-4.0', [code]])
    expect((await read('to=2026-10')).features).toEqual([])
    for (const query of ['from=2026-12&to=2026-11', 'from=2026-13', 'from=x']) {
      expect((await get(`/open-data/incidents.csv?${query}`)).status).toBe(422)
    }
  })

  it('goes on past a page of rows', async () => {
    const code = await open()
    const { publicLng: _a, publicLat: _b, geocell: _c, ...row } = await c.rowOf(code)
    const { newId } = c.nobody()
    const rows = Array.from({ length: 1_100 }, (_, i) => ({
      ...row,
      dueBasis: null,
      id: newId(),
      publicCode: `X${i}`,
    }))
    await test.db.insertInto('incident').values(rows.slice(0, 550)).execute()
    await test.db.insertInto('incident').values(rows.slice(550)).execute()
    const text = await (await get('/open-data/incidents.csv')).text()
    expect(text.split('\r\n').filter((line) => /^(X|HUE-)/.test(line))).toHaveLength(1_101)
  })

  it('describes its columns and files', async () => {
    const about = (await (await get('/open-data/incidents')).json()) as {
      columns: { name: string; description: string }[]
    }
    expect(about.columns.map((column) => column.name)).toContain('description')
    expect(about.columns.every((column) => column.description !== '')).toBe(true)
  })
})
