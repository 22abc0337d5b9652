import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxOf } from '../../pages/near/projection.ts'
import { boxText, gather, markAt, prepare } from './points.ts'

const SIZE = { width: 800, height: 600 }
const lng = fc.double({ min: 106.9, max: 108.3, noNaN: true })
const lat = fc.double({ min: 15.9, max: 16.85, noNaN: true })
const view = fc.record({ lng, lat, zoom: fc.double({ min: 8, max: 17, noNaN: true }) })
const cases = fc.array(
  fc.record({
    lng,
    lat,
    minutes: fc.integer({ min: 0, max: 3_000 }),
    flags: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 200 },
)
type Case = { lng: number; lat: number; minutes: number; flags: number }
const pointsOf = (all: readonly Case[]) =>
  prepare({
    ...{ at: '', since: '', hasMore: false },
    lng: all.map((one) => one.lng),
    lat: all.map((one) => one.lat),
    minutes: all.map((one) => one.minutes),
    flags: all.map((one) => one.flags),
  })
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

it('every case of the frame stands in one mark, with its late and urgent ones', () => {
  fc.assert(
    fc.property(cases, view, fc.integer({ min: 1, max: 48 }), (all, at, hours) => {
      const box = boxOf(at, SIZE)
      const inside = all.filter(
        (one) =>
          one.lng > box.west && one.lng < box.east && one.lat > box.south && one.lat < box.north,
      )
      const marks = gather(pointsOf(all), at, SIZE)
      expect(sum(marks.map((mark) => mark.count))).toBe(inside.length)
      expect(sum(marks.map((mark) => mark.late))).toBe(inside.filter((one) => one.flags & 2).length)
      const recent = inside.filter((one) => one.minutes <= hours * 60)
      const shown = gather(pointsOf(all), at, SIZE, hours)
      expect(sum(shown.map((mark) => mark.count))).toBe(recent.length)
      expect(sum(shown.map((mark) => mark.urgent))).toBe(
        recent.filter((one) => one.flags & 1).length,
      )
      for (const mark of marks) {
        expect(mark.x).toBeGreaterThan(-60)
        expect(mark.x).toBeLessThan(SIZE.width + 60)
        expect(markAt(marks, mark.x, mark.y)).toBeDefined()
      }
    }),
  )
})

it('a box for an address holds what it was made from', () => {
  fc.assert(
    fc.property(view, (at) => {
      const box = boxOf(at, SIZE)
      const [west = 0, south = 0, east = 0, north = 0] = boxText(box).split(',').map(Number)
      expect(west <= box.west && south <= box.south && east >= box.east && north >= box.north).toBe(
        true,
      )
    }),
  )
})
