import { afterAll, beforeAll, expect, it } from 'vitest'
import { importBoundaries } from '../../api/rooms/areas/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { HOME, openAreas } from './areas-kit.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

const [west, south, east, north] = [
  HOME.lng - 0.02,
  HOME.lat - 0.02,
  HOME.lng + 0.02,
  HOME.lat + 0.02,
]
/** A square with a position in the middle of its south side, which a drawing does not need. */
const ring = [
  [west, south],
  [HOME.lng, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const file = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { code: '19867' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    },
  ],
})

type Drawn = { features: { id: string; geometry: { coordinates: number[][][][] } }[] }

it('GET /areas/boundaries.geojson draws what was imported, simplified, once for each caller', async () => {
  await importBoundaries(openAreas(test.db).ctx, file, { level: 'unit', source: 'test' })
  const app = testApp(test.db)
  const answer = await app.request('/api/v1/areas/boundaries.geojson')
  expect(answer.status).toBe(200)
  const { features } = (await answer.json()) as Drawn
  expect(features.map(({ id }) => id)).toEqual(['19867'])
  expect(features[0]?.geometry.coordinates[0]?.[0]).toHaveLength(5)
  const headers = { 'If-None-Match': answer.headers.get('etag') ?? '' }
  expect((await app.request('/api/v1/areas/boundaries.geojson', { headers })).status).toBe(304)
})

it('draws nothing where nothing was imported', async () => {
  await test.truncate()
  const answer = await testApp(test.db).request('/api/v1/areas/boundaries.geojson')
  expect(((await answer.json()) as Drawn).features).toEqual([])
})
