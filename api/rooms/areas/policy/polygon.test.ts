import { expect, it } from 'vitest'
import { areaKm2, distanceToEdgeM, type Polygons, whereInPolygons } from './polygon.ts'

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const ring: Polygons = [[box(107, 16, 108, 17), box(107.4, 16.4, 107.6, 16.6)]]
const at = (lng: number, lat: number) => ({ lng, lat })

it('tells inside, hole, outside and every kind of edge', () => {
  expect(whereInPolygons(at(107.2, 16.2), ring)).toBe('inside')
  expect(whereInPolygons(at(107.5, 16.5), ring)).toBe('outside')
  expect(whereInPolygons(at(106.9, 16.5), ring)).toBe('outside')
  expect(whereInPolygons(at(107, 16.5), ring)).toBe('edge')
  expect(whereInPolygons(at(107, 16), ring)).toBe('edge')
  expect(whereInPolygons(at(107.4, 16.5), ring)).toBe('edge')
})

it('a second polygon counts, also inside the hole of the first', () => {
  const both = [...ring, [box(107.45, 16.45, 107.55, 16.55)]]
  expect(whereInPolygons(at(107.5, 16.5), both)).toBe('inside')
  expect(whereInPolygons(at(107.42, 16.5), both)).toBe('outside')
})

it('level with a corner it is not counted twice', () => {
  const diamond: Polygons = [
    [
      [
        [107, 16],
        [107.5, 15.5],
        [108, 16],
        [107.5, 16.5],
        [107, 16],
      ],
    ],
  ]
  expect(whereInPolygons(at(106.5, 16), diamond)).toBe('outside')
  expect(whereInPolygons(at(107.5, 16), diamond)).toBe('inside')
})

it('measures area without holes and the way to the edge', () => {
  expect(areaKm2(ring)).toBeGreaterThan(11_000)
  expect(areaKm2(ring)).toBeLessThan(11_600)
  expect(distanceToEdgeM(at(106.99, 16.5), ring)).toBeGreaterThan(1_000)
  expect(distanceToEdgeM(at(106.99, 16.5), ring)).toBeLessThan(1_100)
})
