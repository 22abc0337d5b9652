import { describe, expect, it } from 'vitest'
import { unitByCode } from '../data/index.ts'
import { checkBoundaries, unitKey } from './boundaries.ts'

const box = (lng: number, lat: number, r = 0.01) => [
  [lng - r, lat - r],
  [lng + r, lat - r],
  [lng + r, lat + r],
  [lng - r, lat + r],
  [lng - r, lat - r],
]
const feature = (code: unknown, coordinates: unknown, properties: object = {}) => ({
  type: 'Feature',
  properties: { code, ...properties },
  geometry: { type: 'Polygon', coordinates },
})
const home = unitByCode('19867')?.centroid ?? { lng: 0, lat: 0 }
const good = feature('19867', [box(home.lng, home.lat)])
const check = (features: unknown, extra: object = {}) =>
  checkBoundaries(
    JSON.stringify({ type: 'FeatureCollection', features, ...extra }),
    'unit',
    unitKey,
  )
const faults = (features: unknown, extra?: object) =>
  check(features, extra).issues.map(({ path, code }) => `${path} ${code}`)

describe('what is taken', () => {
  it('Polygon and MultiPolygon, holes, heights, a numeric code, WGS84 by name', () => {
    const hole = box(home.lng, home.lat, 0.002)
    const high = box(home.lng, home.lat).map(([lng, lat]) => [lng, lat, 12.5])
    const many = {
      type: 'Feature',
      properties: { code: 19885 },
      geometry: { type: 'MultiPolygon', coordinates: [[box(107.46, 16.59)], [box(107.5, 16.6)]] },
    }
    const { boundaries, issues } = check([feature('19867', [high, hole]), many], {
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } },
    })
    expect(issues).toEqual([])
    expect(boundaries.map((b) => [b.code, b.polygons.length])).toEqual([
      ['19867', 1],
      ['19885', 2],
    ])
    expect(boundaries[0]?.polygons[0]?.[0]?.[0]).toHaveLength(2)
  })

  it('a boundary of another size than published is a warning, not a fault', () => {
    const { issues, warnings } = check([good])
    expect(issues).toEqual([])
    expect(warnings).toEqual([{ code: '19867', warning: 'area_differs' }])
  })
})

describe('what is refused, and where', () => {
  it.each([
    ['text', 'not json', ' not_json'],
    ['a geometry', '{"type":"Polygon","coordinates":[]}', ' not_collection'],
    ['null', 'null', ' not_collection'],
  ])('%s', (_name, text, expected) => {
    const { issues } = checkBoundaries(text, 'unit', unitKey)
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([expected])
  })

  it('an empty collection and a projected one', () => {
    expect(faults([])).toEqual(['features empty'])
    expect(faults([good], { crs: { properties: { name: 'EPSG:9217' } } })).toEqual([
      'crs not_wgs84',
    ])
    const metres = box(562_000, 1_833_000, 500)
    expect(faults([feature('19867', [metres])])).toEqual([
      'features.0.geometry.coordinates.0 not_wgs84',
    ])
  })

  it('an unknown code, a code twice, a name of the code’s former holder', () => {
    expect(faults([feature('10000', [box(home.lng, home.lat)]), good, good])).toEqual([
      'features.0.properties unknown_code',
      'features.2.properties duplicate',
    ])
    expect(faults([feature('19867', [box(home.lng, home.lat)], { name: 'Thị trấn Sịa' })])).toEqual(
      ['features.0.properties unknown_code'],
    )
    expect(
      faults([feature('19867', [box(home.lng, home.lat)], { name: 'Xã Quảng Điền' })]),
    ).toEqual([])
  })

  it('axes swapped are named', () => {
    const swapped = box(home.lng, home.lat).map(([lng, lat]) => [lat, lng])
    expect(faults([feature('19867', [swapped])])).toEqual([
      'features.0.geometry.coordinates.0 swapped',
    ])
  })

  it('an open, short, flat or broken ring, a hole outside, another place', () => {
    const ring = box(home.lng, home.lat)
    const where = 'features.0.geometry.coordinates.0'
    expect(faults([feature('19867', [ring.slice(0, 4)])])).toEqual([`${where} ring_open`])
    expect(faults([feature('19867', [ring.slice(0, 3)])])).toEqual([`${where} ring_short`])
    const flat = ring.map(([lng]) => [lng, home.lat])
    expect(faults([feature('19867', [flat])])).toEqual([`${where} ring_flat`])
    expect(faults([feature('19867', [[[home.lng, null], ...ring]])])).toEqual([
      `${where} bad_position`,
    ])
    expect(faults([feature('19867', ['x'])])).toEqual([`${where} bad_ring`])
    expect(faults([feature('19867', [ring, box(home.lng + 0.05, home.lat, 0.001)])])).toEqual([
      'features.0.geometry.coordinates.1 hole_outside',
    ])
    expect(faults([feature('19867', [box(105.8, 21)])])).toEqual([`${where} outside_hue`])
    expect(faults([feature('19867', [box(107.2, 16.25)])])).toEqual([
      'features.0.geometry elsewhere',
    ])
  })

  it('every bad feature is reported, good ones between them too', () => {
    expect(faults([{ type: 'x' }, good, feature('19885', 'no'), null])).toEqual([
      'features.0 not_feature',
      'features.2.geometry not_polygon',
      'features.3 not_feature',
    ])
  })
})
