import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flatSinceMs, minutesTo, type Point, trendOf } from './trend.ts'

const MINUTE = 60_000
/** A level that rises by `perHour`, at the given minutes. */
const line = (minutes: readonly number[], perHour: number): Point[] =>
  minutes.map((m) => ({ atMs: m * MINUTE, value: 200 + (perHour * m) / 60 }))
const every10 = Array.from({ length: 19 }, (_, i) => i * 10)

describe('trendOf', () => {
  it('finds the rise, with readings missing and one wild', () => {
    expect(trendOf(line(every10, 30))?.perHour).toBeCloseTo(30)
    expect(trendOf(line([0, 60, 120, 180], 30))?.perHour).toBeCloseTo(30)
    const wild = line(every10, 30).map((p, i) => (i === 9 ? { ...p, value: 900 } : p))
    expect(trendOf(wild)?.perHour).toBeCloseTo(30)
  })

  it('says nothing with too few, too short, or a hole', () => {
    expect(trendOf([])).toBeUndefined()
    expect(trendOf(line([0, 60], 30))).toBeUndefined()
    expect(trendOf(line([0, 10, 20], 30))).toBeUndefined()
    expect(trendOf(line([0, 10, 20, 130, 140], 30))).toBeUndefined()
  })

  it('turns with the sign, whatever is missing', () => {
    const kept = fc.subarray(every10, { minLength: 12 })
    fc.assert(
      fc.property(kept, fc.integer({ min: -80, max: 80 }), (minutes, perHour) => {
        const up = trendOf(line(minutes, perHour))
        if (up === undefined) return
        expect(up.perHour).toBeCloseTo(perHour)
        expect(up.slow).toBeLessThanOrEqual(up.perHour + 1e-9)
        expect(up.fast).toBeGreaterThanOrEqual(up.perHour - 1e-9)
      }),
    )
  })
})

describe('minutesTo', () => {
  it('is a range of half hours that holds the even rise', () => {
    const trend = { perHour: 30, slow: 25, fast: 36 }
    expect(minutesTo(300, 270, trend)).toEqual({ from: 30, to: 90 })
  })

  it('is not said when it stands, falls, or lies too far ahead', () => {
    expect(minutesTo(300, 270, { perHour: 1, slow: 1, fast: 1 })).toBeUndefined()
    expect(minutesTo(300, 270, { perHour: 20, slow: -1, fast: 40 })).toBeUndefined()
    expect(minutesTo(300, 270, { perHour: 2, slow: 2, fast: 3 })).toBeUndefined()
    expect(minutesTo(300, 300, { perHour: 20, slow: 20, fast: 20 })).toBeUndefined()
  })
})

it('flatSinceMs finds where the last figure began', () => {
  const values = [1, 2, 2, 2]
  expect(flatSinceMs(values.map((value, i) => ({ atMs: i, value })))).toBe(1)
  expect(flatSinceMs([])).toBeUndefined()
})
