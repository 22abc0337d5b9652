import { describe, expect, it } from 'vitest'
import { beginning } from './long-text.tsx'

describe('the beginning of a long text', () => {
  it('is all of a text that is hardly longer than what is shown', () => {
    const text = 'a'.repeat(650)
    expect(beginning(text)).toBe(text)
  })

  it('ends after a whole word, and is never empty', () => {
    const words = 'nghiêng '.repeat(500)
    expect(beginning(words)).toMatch(/nghiêng…$/)
    expect(beginning(words).length).toBeLessThan(510)
    expect(beginning('x'.repeat(4000)).length).toBe(501)
  })
})
