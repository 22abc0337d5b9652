import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/core/errors.ts'
import { ingestReadings } from '../../api/rooms/readings/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openReadings } from './readings-kit.ts'

let test: TestDb
let room: ReturnType<typeof openReadings>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.truncate()
  room = openReadings(test.db)
  await room.seed()
})

describe('the door of readings', () => {
  it('takes whatever comes with a count or a clear refusal, and never falls', async () => {
    const known = fc.record({
      station: fc.constantFrom('phu-oc', 'air-demo', 'nowhere', '', '__proto__', '\u0000'),
      property: fc.constantFrom('water_level', 'pm2_5', 'constructor', ''),
      at: fc.oneof(
        fc.integer({ min: -3_000, max: 3_000 }).map((m) => room.reading(m, 0).at),
        fc.constantFrom('', '2026-02-30T00:00:00Z', '2026-11-23', '+275760-09-13T00:00:00Z'),
      ),
      value: fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e308, -0, Number.NaN)),
      unit: fc.oneof(fc.constant(undefined), fc.constantFrom('m', 'cm', 'toString', '\u0000')),
    })
    const batch = fc.oneof(
      fc.record({ readings: fc.array(known, { maxLength: 5 }) }),
      fc.record({ readings: fc.anything() }),
      fc.anything(),
    )
    await fc.assert(
      fc.asyncProperty(batch, async (input) => {
        try {
          const done = await ingestReadings(room.ctx, input)
          const { readings } = input as { readings: unknown[] }
          const { stored, duplicates, corrected, refused } = done
          expect(stored + duplicates + corrected + refused.length).toBe(readings.length)
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          expect(error.code).toBe('http.invalid_input')
        }
      }),
      { numRuns: 150 },
    )
  })
})
