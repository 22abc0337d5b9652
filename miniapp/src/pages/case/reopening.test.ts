import { describe, expect, it } from 'vitest'
import { whyNoReopening } from './reopening.ts'

type Own = Parameters<typeof whyNoReopening>[0]
const own = (more: Partial<Own>): Own => ({ state: 'answered', moves: [], timeline: [], ...more })
const step = (state: Own['state']) => ({ state, at: '2026-11-27T00:00:00Z' })

describe('why a case cannot be opened again', () => {
  it('says nothing while it can, or while nobody answered', () => {
    expect(whyNoReopening(own({ moves: ['reopen'] }))).toBeUndefined()
    expect(whyNoReopening(own({ state: 'in_progress' }))).toBeUndefined()
  })

  it('tells a rating, two reopenings and a missed term apart', () => {
    expect(whyNoReopening(own({ state: 'closed', rating: 4 }))).toBe('rated')
    const twice = [step('reopened'), step('answered'), step('reopened'), step('answered')]
    expect(whyNoReopening(own({ timeline: twice }))).toBe('twice')
    expect(whyNoReopening(own({ state: 'closed', timeline: [step('reopened')] }))).toBe('late')
  })
})
