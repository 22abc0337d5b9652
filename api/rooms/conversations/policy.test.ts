import { describe, expect, it } from 'vitest'
import { lookEveryMs } from './policy.ts'

describe('waiting chats', () => {
  it('look every second while they are few, and never more than 250 times a second together', () => {
    expect(lookEveryMs(1)).toBe(1_000)
    expect(lookEveryMs(250)).toBe(1_000)
    for (const waiting of [1, 249, 251, 1_000, 50_000]) {
      expect((waiting * 1_000) / lookEveryMs(waiting)).toBeLessThanOrEqual(250)
    }
  })
})
