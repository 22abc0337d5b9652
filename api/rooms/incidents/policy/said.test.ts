import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { saidIn } from './said.ts'

/** 08:00 on 28/11/2026 in Viet Nam. */
const NOW = new Date('2026-11-28T01:00:00Z')
const flood = (description: string, depthCm?: number) =>
  saidIn({ description, category: 'flood', depthCm }, NOW)

describe('what a report says of time and water', () => {
  it.each([
    ['ngập tới gối từ tối qua', 'từ tối qua', '2026-11-27'],
    ['Nước vô nhà lúc 7h sáng nay', 'lúc 7h sáng', '2026-11-28'],
    ['tu 20h nuoc len', 'tu 20h', null],
    ['mat dien 3 ngay nay', '3 ngay nay', '2026-11-25'],
    ['hom kia nuoc len', 'hom kia', '2026-11-26'],
    ['ngày 30/11 ngập nặng', 'ngày 30/11', '2025-11-30'],
    ['sẽ họp ngày mai', null, null],
    ['đường ngập', null, null],
  ])('%s', (words, timeWords, beganOn) => {
    expect(flood(words)).toMatchObject({ timeWords, beganOn })
  })

  it('keeps a depth of water alone, the given one before the one in the words', () => {
    expect(flood('ngập 40 phân').depthCm).toBe(40)
    expect(flood('ngập 40 phân', 55).depthCm).toBe(55)
    expect(
      saidIn({ description: 'ổ gà sâu 40 phân', category: 'road', depthCm: 40 }, NOW).depthCm,
    ).toBeNull()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (words) => {
        expect(flood(words).timeWords?.length ?? 0).toBeLessThanOrEqual(120)
      }),
      { numRuns: 30 },
    )
  })
})
