import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SHIPPED_CALENDAR } from '../../areas/index.ts'
import { APPOINTMENT_STATES, mayCancel, mayMove, nextStates } from './appointment-states.ts'
import { freeSeats, seatFor, slotsOf, type Taken } from './slots.ts'

const HOURS = {
  1: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  6: [['08:00', '10:00']],
} as const
const desk = { hours: HOURS, slotMinutes: 30, seats: 2 }
const MONDAY = '2026-11-30'

describe('slots of a day', () => {
  it('fill the opening times, with numbers that go by the hour', () => {
    const slots = slotsOf(MONDAY, desk, SHIPPED_CALENDAR)
    expect(slots).toHaveLength(15)
    expect(slots[0]?.startAt.toISOString()).toBe('2026-11-30T00:30:00.000Z')
    expect(slots.at(-1)?.endAt.toISOString()).toBe('2026-11-30T10:00:00.000Z')
    expect(slots.map(({ firstNumber }) => firstNumber)).toEqual(slots.map((_, i) => 2 * i + 1))
  })

  it('are none on a day off, and an ordinary day’s on a weekend day that is worked', () => {
    expect(slotsOf('2026-11-24', { ...desk, hours: { 2: HOURS[1] } }, SHIPPED_CALENDAR)).toEqual([])
    expect(slotsOf('2026-12-06', desk, SHIPPED_CALENDAR)).toEqual([])
    expect(slotsOf('2026-12-05', desk, SHIPPED_CALENDAR)).toHaveLength(4)
    const worked = { ...desk, hours: { 1: HOURS[1] } }
    expect(slotsOf('2026-08-22', worked, SHIPPED_CALENDAR)).toHaveLength(15)
  })

  it('lie within one opening whatever their length, and never overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 240 }), (slotMinutes) => {
        const slots = slotsOf(MONDAY, { ...desk, slotMinutes }, SHIPPED_CALENDAR)
        const noon = [Date.parse('2026-11-30T04:30:00Z'), Date.parse('2026-11-30T06:30:00Z')]
        slots.forEach(({ startAt, endAt }, i) => {
          const before = slots[i - 1]?.endAt
          expect(before === undefined || before <= startAt).toBe(true)
          const [from = 0, to = 0] = noon
          expect(endAt.getTime() <= from || startAt.getTime() >= to).toBe(true)
        })
      }),
    )
  })
})

describe('seats', () => {
  it('are never given twice, nor more than there are, nor a number twice, also when the rule changes between', () => {
    const step = fc.record({
      slotMinutes: fc.constantFrom(15, 20, 30, 60),
      seats: fc.integer({ min: 1, max: 3 }),
      at: fc.nat(),
      giveBack: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const taken: Taken[] = []
        for (const { at, giveBack, ...rule } of steps) {
          if (giveBack) {
            taken.splice(at % Math.max(1, taken.length), 1)
            continue
          }
          const slots = slotsOf(MONDAY, { ...desk, ...rule }, SHIPPED_CALENDAR)
          const slot = slots[at % slots.length]
          if (slot === undefined) continue
          const free = freeSeats(slot, rule.seats, taken)
          const place = seatFor(slot, rule.seats, taken)
          expect(place === undefined).toBe(free === 0)
          if (place === undefined) continue
          const slotAt = slot.startAt.toISOString()
          expect(taken.some((t) => t.slotAt === slotAt && t.seat === place.seat)).toBe(false)
          expect(taken.some((t) => t.queueNumber === place.queueNumber)).toBe(false)
          taken.push({ slotAt, ...place })
          expect(freeSeats(slot, rule.seats, taken)).toBe(free - 1)
        }
      }),
    )
  })
})

describe('states of an appointment', () => {
  it('end with done and cancelled, and are left by nobody to where they were not', () => {
    expect(nextStates('served')).toEqual([])
    expect(nextStates('cancelled')).toEqual([])
    for (const from of APPOINTMENT_STATES) {
      expect(mayMove(from, 'booked')).toBe(false)
      expect(mayMove(from, from)).toBe(false)
      expect(mayMove(from, 'cancelled')).toBe(from === 'booked')
    }
  })

  it('are cancelled by their person until the time has come', () => {
    const slotAt = '2026-11-30T00:30:00.000Z'
    expect(mayCancel({ state: 'booked', slotAt }, new Date('2026-11-30T00:29:59Z'))).toBe(true)
    expect(mayCancel({ state: 'booked', slotAt }, new Date(slotAt))).toBe(false)
    expect(mayCancel({ state: 'arrived', slotAt }, new Date('2026-11-29T00:00:00Z'))).toBe(false)
  })
})
