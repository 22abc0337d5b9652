import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_QUIET,
  msOfDay,
  quietLeftMs,
  ringAt,
  toHhmm,
  toMinutes,
} from '../../api/rooms/delivery/policy/quiet.ts'

const SEED = 20261123
const check = (property: fc.IRawProperty<never> | fc.IProperty<never>) =>
  fc.assert(property as fc.IProperty<unknown>, { seed: SEED, numRuns: 3_000 })

const MINUTE = 60_000
const DAY = 86_400_000
const minute = fc.integer({ min: 0, max: 1439 })
const quiet = fc.record({ from: minute, to: minute })
/** Any millisecond of many years, months with and without daylight saving elsewhere. */
const instant = fc
  .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') })
  .map((ms) => new Date(ms))
/** Instants within two minutes of a local midnight. */
const nearMidnight = fc
  .tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }))
  .map(([day, off]) => new Date(Date.parse('2026-01-01T17:00:00Z') + day * DAY + off))
const moment = fc.oneof(instant, nearMidnight)

/** By counting minutes round the clock, without arithmetic over midnight. */
function isQuietByCounting(from: number, to: number, at: number): boolean {
  for (let m = from; m !== to; m = (m + 1) % 1440) if (m === at) return true
  return false
}

describe('quiet hours', () => {
  it('hold exactly in the minutes from the first to before the last, over midnight too', () => {
    check(
      fc.property(quiet, moment, (hours, now) => {
        const at = Math.floor(msOfDay(now) / MINUTE)
        expect(quietLeftMs(hours, now) > 0).toBe(isQuietByCounting(hours.from, hours.to, at))
      }) as never,
    )
  })

  it('end at their last minute of the local clock, on the day that comes first', () => {
    check(
      fc.property(quiet, moment, (hours, now) => {
        const left = quietLeftMs(hours, now)
        fc.pre(left > 0)
        expect(left).toBeLessThanOrEqual(DAY)
        expect(msOfDay(new Date(now.getTime() + left))).toBe(hours.to * MINUTE)
      }) as never,
    )
  })

  it('let a message ring outside of them only, never earlier than now', () => {
    check(
      fc.property(quiet, moment, (hours, now) => {
        const at = ringAt(hours, now, false)
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime())
        expect(quietLeftMs(hours, at)).toBe(0)
      }) as never,
    )
  })

  it('are broken by danger to life', () => {
    check(
      fc.property(quiet, moment, (hours, now) => {
        expect(ringAt(hours, now, true)).toEqual(now)
      }) as never,
    )
  })

  it('last as long on every day of the year', () => {
    check(
      fc.property(quiet, moment, fc.integer({ min: 1, max: 400 }), (hours, now, days) => {
        const later = new Date(now.getTime() + days * DAY)
        expect(quietLeftMs(hours, later)).toBe(quietLeftMs(hours, now))
      }) as never,
    )
  })

  it('are 21:30 to 06:00 where nobody chose', () => {
    const at = (hhmm: string) => new Date(`2026-11-23T${hhmm}:00+07:00`)
    const left = (hhmm: string) => quietLeftMs(DEFAULT_QUIET, at(hhmm)) / MINUTE
    expect([left('21:29'), left('21:30'), left('00:00'), left('05:59'), left('06:00')]).toEqual([
      0,
      8.5 * 60,
      6 * 60,
      1,
      0,
    ])
  })

  it('are read and written as HH:MM', () => {
    check(
      fc.property(minute, (m) => {
        expect(toMinutes(toHhmm(m))).toBe(m)
      }) as never,
    )
    expect(toHhmm(0)).toBe('00:00')
  })
})
