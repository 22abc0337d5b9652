import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localInstant } from '../../../core/time.ts'
import { lastFour, maskName } from './mask.ts'
import { type DossierStep, endOf, punctuality } from './on-time.ts'
import {
  END_STATES,
  isEnd,
  readState,
  STATE_NUMBERS,
  type StateNumber,
  waitsFor,
} from './states.ts'
import { dueDate, endOfDay, isWorked, PLAIN_WEEK, timeLeft, type WorkRule } from './work-rule.ts'

const SEED = 20261127
const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString()
const step = (state: StateNumber, day: number): DossierStep => ({ state, at: at(day) })
const steps = fc.array(
  fc
    .record({ state: fc.constantFrom(...STATE_NUMBERS), day: fc.integer({ min: 0, max: 60 }) })
    .map(({ state, day }) => step(state, day)),
  { maxLength: 8 },
)

describe('the national on-time rule', () => {
  it('ends at the first of 3, 7, 8, 9, 10', () => {
    expect(endOf([step(2, 0), step(4, 1), step(8, 9), step(7, 5)])).toBe(at(5))
    expect(endOf([step(2, 0), step(4, 1)])).toBeUndefined()
  })
  it('takes done before returned, also when returned was noted first', () => {
    expect(endOf([step(10, 3), step(9, 4)])).toBe(at(4))
    expect(endOf([step(9, 2), step(10, 8)])).toBe(at(2))
    expect(endOf([step(10, 8)])).toBe(at(8))
  })
  it('with nothing but a request for papers, that is the end; two of them are overdue', () => {
    expect(punctuality([step(2, 0), step(5, 3)], at(4)).outcome).toBe('on_time')
    expect(punctuality([step(2, 0), step(5, 5)], at(4)).outcome).toBe('overdue')
    expect(punctuality([step(5, 1), step(5, 2)], at(4)).outcome).toBe('overdue')
    expect(punctuality([step(5, 1), step(5, 2), step(9, 3)], at(4)).outcome).toBe('overdue')
    expect(punctuality([step(5, 5), step(9, 3)], at(4)).outcome).toBe('on_time')
  })
  it('the very instant of the appointment is on time', () => {
    expect(punctuality([step(9, 4)], at(4)).outcome).toBe('on_time')
    expect(punctuality([step(9, 4)], null).outcome).toBe('unknown')
  })
  it('the order of the steps does not matter, and only dated ends or requests close the clock', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 60 }), (all, due) => {
        const answer = punctuality(all, at(due))
        expect(punctuality([...all].reverse(), at(due))).toEqual(answer)
        const closes = all.some(({ state }) => isEnd(state) || state === 5)
        expect(answer.outcome === 'open').toBe(!closes)
        if (answer.outcome === 'on_time') {
          expect(answer.endedAt <= at(due)).toBe(true)
          expect(all.filter(({ state }) => state === 5).length).toBeLessThan(2)
        }
      }),
      { seed: SEED },
    )
  })
  it('a later appointment never makes it worse', () => {
    fc.assert(
      fc.property(steps, fc.nat(60), fc.nat(60), (all, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        if (punctuality(all, at(early)).outcome === 'on_time')
          expect(punctuality(all, at(late)).outcome).toBe('on_time')
      }),
      { seed: SEED },
    )
  })
})

describe('states', () => {
  it('are read by number and by the names that exports use', () => {
    for (const state of STATE_NUMBERS) expect(readState(String(state))).toBe(state)
    expect(readState('05')).toBe(5)
    expect(readState('dang xu ly')).toBe(4)
    expect(readState('11')).toBeUndefined()
    expect(readState('0')).toBeUndefined()
    expect(readState('khong ro')).toBeUndefined()
  })
  it('an ended dossier waits for nobody, but a result may wait to be fetched', () => {
    expect(END_STATES.map(waitsFor)).toEqual(['nobody', 'nobody', 'nobody', 'fetch', 'nobody'])
    expect(waitsFor(5)).toBe('applicant')
    expect(waitsFor(6)).toBe('applicant')
  })
})

const RULE: WorkRule = {
  ...PLAIN_WEEK,
  days: { '2026-11-24': 'off', '2026-08-31': 'off', '2026-08-22': 'work' },
}
const dates = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2026-01-01', n))

describe('terms in working days', () => {
  const noon = (date: string) => localInstant(date, '10:00')
  it('the first day is not counted, and days off are passed over', () => {
    expect(dueDate(noon('2026-11-20'), 2, RULE)).toBe('2026-11-25')
    expect(dueDate(noon('2026-08-21'), 1, RULE)).toBe('2026-08-22')
    expect(dueDate(noon('2026-11-21'), 0, RULE)).toBe('2026-11-23')
  })
  it('after the cut-off the next working day is the first', () => {
    const rule = { ...RULE, cutOff: '15:00' }
    expect(dueDate(localInstant('2026-11-19', '14:59'), 1, rule)).toBe('2026-11-20')
    expect(dueDate(localInstant('2026-11-19', '15:00'), 1, rule)).toBe('2026-11-23')
  })
  it('a later calendar does not move a term that keeps its own', () => {
    const later: WorkRule = { ...RULE, days: { ...RULE.days, '2026-11-23': 'off' } }
    expect(timeLeft('2026-11-20', '2026-11-26', RULE)).toEqual({ kind: 'left', workingDays: 3 })
    expect(timeLeft('2026-11-20', '2026-11-26', later)).toEqual({ kind: 'left', workingDays: 2 })
  })
  it('as many days are left on the first day as the term has, and one day later one less or the same', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 40 }), (from, days) => {
        const due = dueDate(noon(from), days, RULE)
        expect(isWorked(due, RULE)).toBe(true)
        expect(timeLeft(from, due, RULE)).toEqual({ kind: 'left', workingDays: days })
        expect(timeLeft(due, due, RULE)).toEqual({ kind: 'today' })
        const late = timeLeft(addDays(due, 1), due, RULE)
        expect(late).toEqual({ kind: 'late', workingDays: 1 })
      }),
      { seed: SEED },
    )
  })
  it('an appointed day without an hour lasts to its end', () => {
    expect(endOfDay('2026-11-27').toISOString()).toBe('2026-11-27T16:59:59.999Z')
  })
  it('a rule without working days is refused, not walked for ever', () => {
    expect(() => dueDate(noon('2026-01-01'), 1, { weekdays: [], cutOff: null, days: {} })).toThrow(
      RangeError,
    )
  })
})

describe('masking', () => {
  it('leaves first letters only', () => {
    expect(maskName('Nguyễn Văn An')).toBe('N*** V** A')
    expect(maskName('  đặng   thị ánh hồng ')).toBe('Đ*** T** Á** H')
    expect(maskName('Mận')).toBe('M***')
    expect(maskName('0912 345')).toBe('')
  })
  it('never shows a second letter of any word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^\p{L}{2,9}$/u), { minLength: 1, maxLength: 6 }),
        (words) => {
          const masked = maskName(words.join(' '))
          for (const word of masked.split(' ')) expect(word).toMatch(/^\p{L}\p{M}*\*{0,3}$/u)
        },
      ),
      { seed: SEED },
    )
  })
  it('takes the last four digits of any writing of a number', () => {
    expect(lastFour('+84 912.345.678')).toBe('5678')
    expect(lastFour('046085001234')).toBe('1234')
    expect(lastFour('12a3')).toBeUndefined()
  })
})
