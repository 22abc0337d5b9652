import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterMarks } from './cluster.ts'
import { boxOf, moveBy, toPixel, toSpot, zoomAt } from './projection.ts'
import { nearQuery, parseNear } from './state.ts'

const SIZE = { width: 360, height: 400 }
const lng = fc.double({ min: 106.9, max: 108.3, noNaN: true })
const lat = fc.double({ min: 15.9, max: 16.85, noNaN: true })
const zoom = fc.double({ min: 8, max: 17, noNaN: true })
const view = fc.record({ lng, lat, zoom })
const options = { seed: 20261127, numRuns: 300 }

describe('the address of the page', () => {
  it('is read back as it was written', () => {
    const state = { category: 'road', group: 'late', days: '30', isMap: true } as const
    const at = { lng: 107.533, lat: 16.57, zoom: 14 }
    expect(parseNear(nearQuery({ ...state, view: at }))).toEqual({ ...state, view: at })
  })

  it('leaves out what it does not know', () => {
    const broken = 'category=x&group=y&days=3&view=globe&at=1,2'
    expect(parseNear(new URLSearchParams(broken))).toEqual({ isMap: false })
  })
})

describe('the map', () => {
  it('keeps the point under the finger when it zooms, and the paper under the finger when it moves', () => {
    const pixel = fc.record({
      x: fc.integer({ min: 0, max: 360 }),
      y: fc.integer({ min: 0, max: 400 }),
    })
    fc.assert(
      fc.property(view, zoom, pixel, (from, to, at) => {
        const under = moveBy(from, SIZE.width / 2 - at.x, SIZE.height / 2 - at.y)
        const there = toPixel(toSpot(under.lng, under.lat), zoomAt(from, to, at, SIZE), SIZE)
        expect(Math.hypot(there.x - at.x, there.y - at.y)).toBeLessThan(0.01)
        const moved = moveBy(from, 30, -20)
        const back = toPixel(toSpot(from.lng, from.lat), moved, SIZE)
        expect(back.x).toBeCloseTo(SIZE.width / 2 + 30, 3)
        expect(back.y).toBeCloseTo(SIZE.height / 2 - 20, 3)
      }),
      options,
    )
  })

  it('shows a box around its middle', () => {
    fc.assert(
      fc.property(view, (from) => {
        const box = boxOf(from, SIZE)
        expect(box.west < from.lng && from.lng < box.east).toBe(true)
        expect(box.south < from.lat && from.lat < box.north).toBe(true)
      }),
      options,
    )
  })

  it('loses no mark in clusters, and no two of them touch', () => {
    const marks = fc.array(fc.record({ lng, lat }), { maxLength: 60 })
    fc.assert(
      fc.property(marks, (places) => {
        const all = places.map((at, i) => ({ ...at, id: String(i), count: 1, late: i % 2 }))
        const clusters = clusterMarks(all, (mark) => ({ x: mark.lng * 500, y: mark.lat * 500 }))
        expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
        for (const [i, a] of clusters.entries())
          for (const b of clusters.slice(i + 1))
            expect(Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y)).toBeGreaterThanOrEqual(48)
      }),
      options,
    )
  })
})
