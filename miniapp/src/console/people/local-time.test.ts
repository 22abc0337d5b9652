import { describe, expect, it } from 'vitest'
import { endAfter, instantOf } from './local-time.ts'

describe('a clock time of Viet Nam', () => {
  it('is the same instant in every zone of the browser', () => {
    expect(instantOf('2026-11-27', '07:30')?.toISOString()).toBe('2026-11-27T00:30:00.000Z')
  })

  it('is nothing until both are typed', () => {
    expect(instantOf('', '07:30')).toBeUndefined()
    expect(instantOf('2026-11-27', '24:00')).toBeUndefined()
  })

  it('that ends before it starts ends the next morning', () => {
    const start = new Date('2026-11-27T12:00:00Z')
    const end = new Date('2026-11-27T00:00:00Z')
    expect(endAfter(start, end).toISOString()).toBe('2026-11-28T00:00:00.000Z')
    expect(endAfter(end, start)).toEqual(start)
  })
})
