import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTICE_MOVES, NOTICE_STATES } from '../schema.ts'
import { fill, unfilled } from './fill.ts'
import { forecast, secondsLeft } from './forecast.ts'
import { type By, decideMove, type Now } from './moves.ts'

const at = new Date('2026-11-27T10:00:00Z')
const hours = (n: number) => new Date(at.getTime() + n * 3_600_000)

const nows = fc.record({
  state: fc.constantFrom(...NOTICE_STATES),
  authorId: fc.constantFrom('me', 'other'),
  isEmergency: fc.boolean(),
  isComplete: fc.boolean(),
  expiresAt: fc.constantFrom(hours(-1), hours(1), hours(9)),
  sendAt: fc.constantFrom(null, hours(2)),
  isAlone: fc.boolean(),
  isReviewed: fc.boolean(),
})
const bys = fc.record({
  officialId: fc.constant('me'),
  mayRelease: fc.boolean(),
  at: fc.constant(at),
  reason: fc.constantFrom(undefined, 'Vỡ đê, không gọi được ai'),
})

const check = (judge: (now: Now, by: By, move: (typeof NOTICE_MOVES)[number]) => void) =>
  fc.assert(fc.property(nows, bys, fc.constantFrom(...NOTICE_MOVES), judge), { numRuns: 2_000 })

describe('the steps of a notice', () => {
  it('two people release it, or one with a written reason and an emergency', () => {
    check((now, by, move) => {
      const decision = decideMove(now, move, by)
      if (decision.outcome !== 'moved' || move !== 'release') return
      const isSecond = by.mayRelease && now.authorId !== by.officialId
      if (decision.isAlone) expect([now.isEmergency, by.reason !== undefined]).toEqual([true, true])
      else expect([now.state, isSecond]).toEqual(['proposed', true])
      expect(now.isComplete).toBe(true)
      expect(now.expiresAt > at && (now.sendAt === null || now.sendAt < now.expiresAt)).toBe(true)
    })
  })

  it('nothing brings back what was dropped or stopped, and nobody reviews their own', () => {
    check((now, by, move) => {
      const decision = decideMove(now, move, by)
      if (decision.outcome !== 'moved') return
      expect(now.state).not.toBe('dropped')
      if (now.state === 'cancelled') expect([move, decision.state]).toEqual(['review', 'cancelled'])
      if (move === 'review') expect([by.mayRelease, now.authorId]).toEqual([true, 'other'])
      if (move === 'cancel') expect(by.reason).toBeDefined()
    })
  })
})

describe('the forecast', () => {
  const loads = fc.array(
    fc.record({
      channel: fc.constantFrom('telegram', 'zalo-oa', 'web'),
      recipients: fc.integer({ min: 0, max: 1_000_000 }),
      perSecond: fc.constantFrom(30, 66, null),
    }),
    { maxLength: 4 },
  )

  it('the first comes before the half, the half before the last, and nobody is forgotten', () => {
    fc.assert(
      fc.property(loads, (all) => {
        const times = forecast(all, at)
        const total = all.reduce((sum, { recipients }) => sum + recipients, 0)
        expect(times === undefined).toBe(total === 0)
        if (times === undefined) return
        expect(times.firstAt <= times.halfAt && times.halfAt <= times.lastAt).toBe(true)
        const seconds = (times.lastAt.getTime() - at.getTime()) / 1_000
        for (const { recipients, perSecond } of all)
          expect(seconds * (perSecond ?? 200)).toBeGreaterThanOrEqual(recipients)
      }),
    )
  })

  it('9,000 people at 30 a second take five minutes, half of them half of it', () => {
    const times = forecast([{ channel: 'telegram', recipients: 9_000, perSecond: 30 }], at)
    expect(times?.lastAt).toEqual(new Date(at.getTime() + 300_000))
    expect(Math.abs((times?.halfAt.getTime() ?? 0) - at.getTime() - 150_000)).toBeLessThan(2_000)
  })

  it('says how long is left, and nothing while nothing moves', () => {
    expect([secondsLeft(300, 30), secondsLeft(300, 0), secondsLeft(0, 0)]).toEqual([10, null, 0])
  })
})

describe('marks in the words', () => {
  const event = { startAt: hours(1).toISOString(), endAt: hours(2).toISOString(), place: 'Chợ' }

  it('stand for facts, and every other mark is named before anything is sent', () => {
    expect(fill('{xa}: {tu} – {den}, {noi}', { place: 'xã A', event })).toBe(
      'xã A: 18:00 27/11/2026 – 19:00 27/11/2026, Chợ',
    )
    expect(unfilled('{xa} {noi} {gio}', { event: null })).toEqual(['noi', 'gio'])
  })

  it('a text without a fault has no mark left when it is filled', () => {
    const texts = fc.array(fc.constantFrom('{xa}', '{tu}', '{noi}', '{x y}', '{la}', 'chữ ', '{}'))
    fc.assert(
      fc.property(texts, fc.boolean(), (parts, hasEvent) => {
        const text = parts.join('')
        const facts = { place: 'xã A', event: hasEvent ? event : null }
        if (unfilled(text, facts).length === 0) expect(fill(text, facts)).not.toMatch(/\{[^{}]*\}/)
      }),
    )
  })
})
