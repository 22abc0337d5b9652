import { describe, expect, it } from 'vitest'
import { UNITS } from '../data/units.ts'
import { type NearBoundary, placePoint } from './place.ts'

const NONE: ReadonlyMap<string, string> = new Map()
const square = (
  code: string,
  lng: number,
  lat: number,
  r: number,
  level: 'unit' | 'hamlet' = 'unit',
): NearBoundary => ({
  level,
  code,
  polygons: [
    [
      [
        [lng - r, lat - r],
        [lng + r, lat - r],
        [lng + r, lat + r],
        [lng - r, lat + r],
        [lng - r, lat - r],
      ],
    ],
  ],
})
const at = { lng: 107.5325, lat: 16.5697 }

describe('without boundaries', () => {
  it('each centroid gives candidates with its unit first or second, never as exact', () => {
    for (const unit of UNITS) {
      const answer = placePoint(unit.centroid, [], new Set(), NONE)
      expect(answer.isExact).toBe(false)
      expect(answer.candidates.slice(0, 2).map((c) => c.unitCode)).toContain(unit.code)
      expect(answer.candidates.every((c) => c.why === 'nearest')).toBe(true)
    }
  })

  it('far away and just outside every unit’s box is outside', () => {
    for (const far of [
      { lng: 105.85, lat: 21.03 },
      { lng: 108.22, lat: 16.06 },
      { lng: 107.9, lat: 16.8 },
      { lng: 16.5697, lat: 107.5325 },
    ])
      expect(placePoint(far, [], new Set(), NONE).outcome).toBe('outside')
  })
})

describe('with boundaries', () => {
  it('inside one is exact, on a shared border both are offered', () => {
    const one = square('19867', 107.53, 16.57, 0.01)
    expect(placePoint(at, [one], new Set(['19867']), NONE)).toEqual({
      outcome: 'one',
      isExact: true,
      candidates: [{ unitCode: '19867', why: 'inside' }],
    })
    const other = square('19885', 107.51, 16.57, 0.01)
    const border = { lng: 107.52, lat: 16.57 }
    const both = placePoint(border, [one, other], new Set(['19867', '19885']), NONE)
    expect(both).toMatchObject({ outcome: 'many', isExact: false })
    expect(both.candidates.map((c) => c.unitCode)).toEqual(['19867', '19885'])
  })

  it('a hamlet’s boundary names hamlet and unit; the unit’s own has the last word', () => {
    const hamlet = square('h1', 107.53, 16.57, 0.01, 'hamlet')
    const units = new Map([['h1', '19867']])
    expect(placePoint(at, [hamlet], new Set(), units)).toEqual({
      outcome: 'one',
      isExact: true,
      candidates: [{ unitCode: '19867', why: 'inside', hamletId: 'h1' }],
    })
    const elsewhere = square('19885', 107.53, 16.57, 0.01)
    const answer = placePoint(at, [hamlet, elsewhere], new Set(['19867', '19885']), units)
    expect(answer.candidates).toEqual([{ unitCode: '19885', why: 'inside' }])
  })

  it('only some imported: a point outside them may lie in the others, never exact', () => {
    const imported = square('19867', 107.55, 16.57, 0.01)
    const between = { lng: 107.51, lat: 16.57 } // in the boxes of 19867 and 19885
    const answer = placePoint(between, [imported], new Set(['19867']), NONE)
    expect(answer.isExact).toBe(false)
    expect(answer.candidates.map((c) => c.unitCode)).toContain('19885')
    expect(answer.candidates.map((c) => c.unitCode)).not.toContain('19867')
  })

  it('all imported: near a border is said with its distance, farther is outside', () => {
    const all = new Set(UNITS.map((unit) => unit.code))
    const near = square('19867', 107.53, 16.56, 0.007)
    const answer = placePoint(at, [near], all, NONE)
    expect(answer).toMatchObject({ outcome: 'one', isExact: false })
    expect(answer.candidates[0]).toMatchObject({ unitCode: '19867', why: 'near_boundary' })
    expect(answer.candidates[0]?.distanceM).toBeLessThan(500)
    expect(placePoint(at, [], all, NONE)).toEqual({
      outcome: 'outside',
      isExact: true,
      candidates: [],
    })
  })
})
