import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxBetween, keyed, MIDDLE } from './boxes.ts'

const point = fc.record({
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
})
const isInside = ({ x, y, width, height }: typeof MIDDLE) =>
  x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001

it('a part lies inside the picture, whichever corner came first, and a tap is none', () => {
  fc.assert(
    fc.property(point, point, (a, b) => {
      const box = boxBetween(a, b)
      expect(box).toEqual(boxBetween(b, a))
      if (box !== undefined) expect(isInside(box)).toBe(true)
    }),
  )
  expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeUndefined()
})

it('keys move and stretch a part, never out of the picture', () => {
  const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown')
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 120 }), (presses) => {
      let box = MIDDLE
      for (const [key, isStretched] of presses) box = keyed(box, key, isStretched) ?? box
      expect(isInside(box)).toBe(true)
    }),
  )
  expect(keyed(MIDDLE, 'ArrowRight', false)?.x).toBeCloseTo(0.42)
  expect(keyed(MIDDLE, 'ArrowDown', true)?.height).toBeCloseTo(0.22)
  expect(keyed(MIDDLE, 'Enter', false)).toBeUndefined()
})
