import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelAppointment } from '../../api/rooms/dossiers/index.ts'
import { runs } from '../full.ts'
import type { TestDb } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'
import { openDesk } from '../integration/appointments-kit.ts'

let test: TestDb
beforeAll(async () => {
  test = await openPostgres()
})
afterAll(() => test.close())

const PEOPLE = 8
const SEATS = 2
const TIMES = ['2026-11-25T00:30:00.000Z', '2026-11-25T01:00:00.000Z', '2026-11-26T00:30:00.000Z']

describe('many at one desk at the same moment', () => {
  it('never get one seat or one number twice, whatever is booked and given back', async () => {
    const wish = fc.record({
      who: fc.nat({ max: PEOPLE - 1 }),
      time: fc.constantFrom(...TIMES),
      givesBack: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 8, maxLength: 24 }), async (wishes) => {
        await test.truncate()
        const desk = await openDesk(test.db)
        const people = await Promise.all(
          Array.from({ length: PEOPLE }, (_, i) => desk.person(String(i))),
        )
        const outcomes = await Promise.allSettled(
          wishes.map(async ({ who, time, givesBack }) => {
            const one = people[who]
            const { id } = (await one?.book(time)) ?? { id: '' }
            if (givesBack && one !== undefined)
              await cancelAppointment(one.ctx, { residentId: one.residentId, id })
          }),
        )
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            expect(String(outcome.reason.code)).toMatch(/^(dossiers\.|http\.rate_limited)/)
        const held = (await desk.rows()).filter(({ state }) => state === 'booked')
        const seats = held.map(({ slotAt, seat }) => `${slotAt} ${seat}`)
        expect(new Set(seats).size).toBe(seats.length)
        const numbers = held.map(({ day, queueNumber }) => `${day} ${queueNumber}`)
        expect(new Set(numbers).size).toBe(numbers.length)
        for (const time of TIMES)
          expect(held.filter(({ slotAt }) => slotAt === time).length).toBeLessThanOrEqual(SEATS)
      }),
      { numRuns: runs(8) },
    )
  })

  it('are held apart by the database too', async () => {
    await test.truncate()
    const desk = await openDesk(test.db)
    await (await desk.person('a')).book()
    const [row] = await desk.rows()
    if (row === undefined) throw new Error('no appointment')
    const { residentId } = await desk.person('b')
    const again = { ...row, residentId, id: desk.system.newId(), code: 'OTHER2' }
    await expect(test.db.insertInto('appointment').values(again).execute()).rejects.toMatchObject({
      code: '23505',
    })
  })
})
