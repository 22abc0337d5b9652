import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Row } from '../types.ts'
import { createHolder, type Held, holdOf, UNDO_MS } from './held.ts'

const row = (id: string, more: Partial<Extract<Row, { source: 'case' | 'notice' }>> = {}): Row =>
  ({ id, version: 3, source: 'case', quick: ['accept'], notices: [], ...more }) as Row

describe('a step for several rows', () => {
  it('takes those that allow it, each with the version that was seen', () => {
    const held = holdOf('accept', [row('a'), row('b', { quick: ['start'] })])
    expect(held.steps).toEqual([{ id: 'a', version: 3, move: { kind: 'accept' } }])
    expect(held.ids).toEqual(['a'])
  })

  it('forwards only where the route names an agency', () => {
    const quick: ['accept_and_assign'] = ['accept_and_assign']
    const held = holdOf('accept_and_assign', [
      row('a', { quick, suggestedAgency: { code: 'x', name: 'X' } }),
      row('b', { quick }),
    ])
    expect(held.steps.map((step) => step.move)).toEqual([
      { kind: 'accept_and_assign', agencyCode: 'x' },
    ])
  })

  it('takes every notice off, and hides only rows that stand there for a notice', () => {
    const notices = [{ id: 'n', kind: 'late', at: '' }]
    const held = holdOf('seen', [row('a', { notices }), row('b', { notices, source: 'notice' })])
    expect([held.noticeIds, held.ids]).toEqual([['n', 'n'], ['b']])
  })
})

describe('what is held', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const setUp = () => {
    const sent: Held[] = []
    const shown: (Held | undefined)[] = []
    const holder = createHolder(
      async (held) => {
        sent.push(held)
        return { held, failed: 0 }
      },
      (held) => shown.push(held),
      () => {},
    )
    return { sent, shown, holder }
  }

  it('is sent once, after its time', () => {
    const { sent, holder } = setUp()
    holder.hold(holdOf('accept', [row('a')]))
    vi.advanceTimersByTime(UNDO_MS - 1)
    expect(sent).toEqual([])
    vi.advanceTimersByTime(UNDO_MS * 2)
    expect(sent).toHaveLength(1)
  })

  it('is never sent after an undo', () => {
    const { sent, shown, holder } = setUp()
    holder.hold(holdOf('accept', [row('a')]))
    holder.undo()
    vi.advanceTimersByTime(UNDO_MS * 2)
    expect([sent, shown.at(-1)]).toEqual([[], undefined])
  })

  it('is sent by the next batch and by a page that closes', async () => {
    const { sent, holder } = setUp()
    holder.hold(holdOf('accept', [row('a')]))
    holder.hold(holdOf('accept', [row('b')]))
    expect(sent.map((held) => held.ids)).toEqual([['a']])
    await holder.flush()
    expect(sent.map((held) => held.ids)).toEqual([['a'], ['b']])
  })
})
