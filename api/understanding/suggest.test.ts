import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suggestCategories } from './suggest.ts'

const first = (text: string) => suggestCategories(text).guesses[0]?.category

describe('categories while a report is written', () => {
  it.each([
    ['den duong truoc nha tui tat ba dem nay', 'lighting'],
    ['Ổ gà sâu giữa đường, xe máy té hoài', 'road'],
    ['rac chat dong ven duong hoi thui', 'waste'],
    ['cong ket rac nuoc khong thoat', 'drainage'],
  ])('%s', (text, category) => {
    expect(first(text)).toBe(category)
  })

  it('says nothing of nothing', () => {
    expect(suggestCategories('  ').guesses).toEqual([])
  })

  it('never throws, offers at most three, best first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const shares = suggestCategories(text).guesses.map(({ confidence }) => confidence)
        expect(shares.length).toBeLessThanOrEqual(3)
        expect(shares).toEqual([...shares].sort((a, b) => b - a))
      }),
      { seed: 20261127, numRuns: 300 },
    )
  })
})
