import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../api/core/text.ts'
import { FIRST_LESSONS } from '../../api/rooms/guides/data/index.ts'
import { buildIndex, judgeHits, searchLessons } from '../../api/rooms/guides/policy/search.ts'

const linesOf = (name: string) =>
  readFileSync(new URL(`../guides/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

const index = buildIndex(FIRST_LESSONS)

describe('questions written apart', () => {
  const asked = linesOf('questions.txt').map((line) => {
    const [id = '', question = ''] = line.split('\t')
    const hits = searchLessons(index, question)
    return { id, question, rank: hits.findIndex((hit) => hit.id === id), ...judgeHits(hits) }
  })

  it('find their lesson first, or at least among the first three', () => {
    const share = (most: number) =>
      asked.filter(({ rank }) => rank >= 0 && rank < most).length / asked.length
    expect(asked.length).toBeGreaterThanOrEqual(150)
    expect(share(1)).toBeGreaterThanOrEqual(0.9)
    expect(share(3)).toBeGreaterThanOrEqual(0.97)
  })

  it('are seldom answered with another lesson as if sure', () => {
    const wrong = asked.filter(({ outcome, rank }) => outcome === 'found' && rank !== 0)
    expect(wrong.length / asked.length).toBeLessThanOrEqual(0.02)
  })

  it('what no lesson answers is never answered as if sure', () => {
    const answered = linesOf('elsewhere.txt').filter(
      (question) => judgeHits(searchLessons(index, question)).outcome === 'found',
    )
    expect(answered).toEqual([])
  })
})

describe('any text', () => {
  it('is answered, with shares between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const { covered, score } of searchLessons(index, text)) {
          expect(covered).toBeGreaterThanOrEqual(0)
          expect(covered).toBeLessThanOrEqual(1.000001)
          expect(score).toBeGreaterThan(0)
        }
      }),
      { seed: 20261128, numRuns: 300 },
    )
  })

  it('finds the same without its tone marks when it is found with them', () => {
    for (const { title, id } of FIRST_LESSONS) {
      expect(searchLessons(index, title.vi)[0]?.id).toBe(id)
      expect(searchLessons(index, fold(title.vi))[0]?.id).toBe(id)
      expect(searchLessons(index, title.en)[0]?.id).toBe(id)
    }
  })
})
