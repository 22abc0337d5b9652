import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DEFAULT_REMINDER_HOURS, reminderStep } from './reminders.ts'

const HOUR_MS = 3_600_000
const issuedAt = new Date('2026-11-23T00:00:00Z')
const after = (hours: number) => new Date(issuedAt.getTime() + hours * HOUR_MS)
const stepAfter = (hours: number, lasts = 12, renewsItself = false) =>
  reminderStep(
    { issuedAt, expiresAt: after(lasts), renewsItself },
    DEFAULT_REMINDER_HOURS,
    after(hours),
  )?.step

it.each([
  [5.9, 12, undefined],
  [6, 12, 'unchanged'],
  [10.9, 12, 'unchanged'],
  [11, 12, 'ending'],
  [12, 12, undefined],
  [0.4, 1, undefined],
  [0.5, 1, 'ending'],
])('after %s of %s hours: %s', (hours, lasts, step) => expect(stepAfter(hours, lasts)).toBe(step))

it('a river that speaks by itself is asked about only when its message runs out', () => {
  expect(stepAfter(8, 12, true)).toBeUndefined()
  expect(stepAfter(11.5, 12, true)).toBe('ending')
})

it('a step is never taken back while a message holds, and began when it is said to', () => {
  const hours = fc.double({ min: 0, max: 200, noNaN: true })
  fc.assert(
    fc.property(hours, hours, fc.double({ min: 0.1, max: 168, noNaN: true }), (a, b, lasts) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)]
      const rank = { none: 0, unchanged: 1, ending: 2 }
      const held = { issuedAt, expiresAt: after(lasts), renewsItself: false }
      const at = (h: number) => reminderStep(held, DEFAULT_REMINDER_HOURS, after(h))
      if (late >= lasts) return
      expect(rank[at(late)?.step ?? 'none']).toBeGreaterThanOrEqual(rank[at(early)?.step ?? 'none'])
      const found = at(late)
      if (found !== undefined) expect(found.since <= after(late)).toBe(true)
    }),
  )
})
