import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROPERTY_CODES } from '../data/properties.ts'
import { inStoredUnit, isUsable, judge, QUALITIES } from './quality.ts'
import { isStale } from './stale.ts'

const NOW = Date.parse('2026-11-27T07:00:00Z')
const HOUR = 3_600_000
const level = (value: number, unit: string | undefined, agoMs = 0, last: number | null = 200) =>
  judge(
    'water_level',
    { atMs: NOW - agoMs, value, unit },
    { nowMs: NOW, last: last === null ? null : { atMs: NOW - HOUR, value: last } },
  )

describe('judge', () => {
  it('takes metres as centimetres', () => {
    expect(level(2.5, 'm')).toEqual({ atMs: NOW, value: 250, quality: 'good' })
    expect(level(250, undefined).quality).toBe('good')
  })

  it('flags by the stated rules, in their order', () => {
    expect(level(8.2, 'ft').quality).toBe('wrong_unit')
    expect(level(250, '__proto__').quality).toBe('wrong_unit')
    expect(level(250, 'cm', -HOUR).quality).toBe('future')
    expect(level(99_999, 'cm').quality).toBe('impossible')
    expect(level(900, 'cm').quality).toBe('jump')
    expect(level(230, 'cm', 2 * HOUR).quality).toBe('late')
    expect(level(-20, 'cm', 0, null).quality).toBe('good')
    expect(
      judge('pm2_5', { atMs: NOW, value: -1, unit: 'µg/m³' }, { nowMs: NOW, last: null }).quality,
    ).toBe('negative')
  })

  it('does not believe a fall that would end a warning: a slipped sign, or metres without their name', () => {
    expect(level(120, 'cm').quality).toBe('good')
    expect(level(-199, 'cm').quality).toBe('jump')
    expect(level(60, undefined).quality).toBe('jump')
    expect(level(2.08, undefined).quality).toBe('wrong_unit')
    expect(level(2.08, 'cm').quality).toBe('jump')
    expect(level(480, undefined).quality).toBe('good')
  })

  it('believes what comes late only if the water could have gone on from it', () => {
    expect(level(9_000, 'cm', HOUR + 5 * 60_000).quality).not.toBe('late')
    expect(level(900, 'cm', HOUR + 5 * 60_000).quality).toBe('jump')
    expect(level(4.6, undefined, 2 * HOUR, 450).quality).toBe('wrong_unit')
    expect(level(60, 'cm', 2 * HOUR).quality).toBe('late')
  })

  it('a new level that stays is believed once water could have got there', () => {
    expect(level(800, 'cm').quality).toBe('jump')
    const later = judge(
      'water_level',
      { atMs: NOW + HOUR, value: 800, unit: 'cm' },
      { nowMs: NOW + HOUR, last: { atMs: NOW - HOUR, value: 200 } },
    )
    expect(later.quality).toBe('good')
  })

  it('is total over hostile input', () => {
    const raw = fc.record({
      atMs: fc.integer({ min: 0, max: NOW * 2 }),
      value: fc.double({ noNaN: true }),
      unit: fc.option(fc.string(), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...PROPERTY_CODES), raw, (property, given) => {
        const judged = judge(property, given, { nowMs: NOW, last: null })
        expect(QUALITIES).toContain(judged.quality)
        if (isUsable(judged.quality)) expect(inStoredUnit(property, given)).toBe(judged.value)
      }),
    )
  })
})

it('a river is silent after an hour and a half', () => {
  const now = new Date(NOW)
  expect(isStale('river', new Date(NOW - 90 * 60_000), now)).toBe(false)
  expect(isStale('river', new Date(NOW - 91 * 60_000), now)).toBe(true)
})
