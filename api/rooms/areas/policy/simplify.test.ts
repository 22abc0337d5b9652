import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ring } from './polygon.ts'
import { simplify } from './simplify.ts'

const TOLERANCE = 0.0005

/** A closed ring around a point, one position a degree of the circle, each at its own distance. */
const rings = fc
  .array(fc.double({ min: 0.01, max: 0.05, noNaN: true }), { minLength: 12, maxLength: 200 })
  .map((radii): Ring => {
    const open = radii.map((r, i) => {
      const turn = (2 * Math.PI * i) / radii.length
      return [107.5 + r * Math.cos(turn), 16.5 + r * Math.sin(turn)]
    })
    return [...open, open[0] ?? []]
  })

describe('simplified shapes', () => {
  it('a straight side keeps its ends alone', () => {
    const side = [0, 0.01, 0.02, 0.03].map((step) => [107.5 + step, 16.5])
    const square = [...side, [107.53, 16.53], [107.5, 16.53], [107.5, 16.5]]
    expect(simplify([[square]], TOLERANCE)).toEqual([
      [
        [
          [107.5, 16.5],
          [107.53, 16.5],
          [107.53, 16.53],
          [107.5, 16.53],
          [107.5, 16.5],
        ],
      ],
    ])
  })

  it('a speck goes, with its holes', () => {
    const at = (step: number) => [107.5 + step, 16.5 + step / 2]
    const speck = [at(0), at(0.00001), at(0.00002), at(0)]
    expect(simplify([[speck, speck]], TOLERANCE)).toEqual([])
  })

  it('rings stay closed, only lose positions, and those lost lie near what is left', () => {
    fc.assert(
      fc.property(rings, (ring) => {
        const [[drawn = []] = []] = simplify([[ring]], TOLERANCE)
        expect(drawn[0]).toEqual(drawn.at(-1))
        expect(drawn.length).toBeLessThanOrEqual(ring.length)
        const kept = new Set(drawn.map(String))
        const rounded = ring.map(([lng = 0, lat = 0]) => [lng.toFixed(4), lat.toFixed(4)])
        const known = new Set(rounded.map(([lng, lat]) => `${Number(lng)},${Number(lat)}`))
        for (const position of kept) expect(known.has(position)).toBe(true)
      }),
      { seed: 20261127, numRuns: 200 },
    )
  })
})
