import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARKS } from '../schema.ts'
import { CM_OF_MARK, FRESH_MS, isFlooded, markOf, spreadOf } from './depth.ts'

const NOW = new Date('2026-11-28T07:00:00Z')
const said = (depthCm: number, minutesAgo: number) => ({
  depthCm,
  at: new Date(NOW.getTime() - minutesAgo * 60_000),
})

describe('marks on a body', () => {
  it('the figure of a mark is read as that mark', () => {
    for (const mark of MARKS) expect(markOf(CM_OF_MARK[mark])).toBe(mark)
  })
  it('deeper water never has a lower mark', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a]
        expect(MARKS.indexOf(markOf(low))).toBeLessThanOrEqual(MARKS.indexOf(markOf(high)))
      }),
    )
  })
})

describe('what residents said', () => {
  it('only the last three hours count, and nothing of the future', () => {
    expect(spreadOf([said(40, 181), said(50, -5)], NOW)).toBeUndefined()
    expect(spreadOf([said(40, 180)], NOW)?.reports).toBe(1)
  })
  it('one wild figure among many moves neither middle nor spread', () => {
    const many = Array.from({ length: 19 }, (_, i) => said(40 + (i % 3), i))
    expect(spreadOf([...many, said(900, 1)], NOW)).toMatchObject({
      ...{ reports: 20, lowCm: 40, medianCm: 41, highCm: 42 },
    })
  })
  it('the middle lies within the spread, the spread within what was said', () => {
    const list = fc.array(fc.tuple(fc.nat(300), fc.nat(FRESH_MS / 60_000)), { minLength: 1 })
    fc.assert(
      fc.property(list, (all) => {
        const { lowCm, medianCm, highCm, reports } = spreadOf(
          all.map(([cm, ago]) => said(cm, ago)),
          NOW,
        ) ?? { lowCm: -1, medianCm: -1, highCm: -1, reports: 0 }
        const depths = all.map(([cm]) => cm)
        expect(reports).toBe(all.length)
        expect(lowCm).toBeGreaterThanOrEqual(Math.min(...depths))
        expect(lowCm).toBeLessThanOrEqual(medianCm)
        expect(medianCm).toBeLessThanOrEqual(highCm)
        expect(highCm).toBeLessThanOrEqual(Math.max(...depths))
      }),
    )
  })
})

it('a closed road, fresh water of officials or of residents is under water; an old figure alone is not', () => {
  const dry = { road: 'open', official: null, residents: null } as const
  expect(isFlooded(dry)).toBe(false)
  expect(isFlooded({ ...dry, road: 'closed' })).toBe(true)
  expect(isFlooded({ ...dry, official: { cm: 40, isOld: false } })).toBe(true)
  expect(isFlooded({ ...dry, official: { cm: 40, isOld: true } })).toBe(false)
  expect(isFlooded({ ...dry, residents: { medianCm: 0 } })).toBe(false)
  expect(isFlooded({ ...dry, residents: { medianCm: 10 } })).toBe(true)
})
