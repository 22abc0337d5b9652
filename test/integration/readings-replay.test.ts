import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/core/errors.ts'
import { ingestReadings, listLatest } from '../../api/rooms/readings/index.ts'
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

const STEP_MINUTES = 30
const HOURS = 56
const PEAK_HOUR = 30
/** The second rise at Phú Ốc, 29/10/2025: 4.97 m, over alarm 3 and under the record. */
const PEAK_CM = 497
const CALM_CM = 60
const WIDTH_HOURS = 12
const NOISE_CM = [0, 2, -2, 1, -1]

const hydrograph = (hour: number): number =>
  Math.round(CALM_CM + (PEAK_CM - CALM_CM) * Math.exp(-(((hour - PEAK_HOUR) / WIDTH_HOURS) ** 2)))

/** What the gauge sends at a step: nothing, a hanging float, a clock ahead, or the water with noise. */
function sent(step: number): { value: number; minutesAgo: number } | undefined {
  const hour = (step * STEP_MINUTES) / 60
  if (hour >= 19 && hour < 22) return undefined
  const value = hour >= 44 && hour < 46 ? hydrograph(44) : hydrograph(hour)
  const noise = NOISE_CM[step % NOISE_CM.length] ?? 0
  return { value: value + noise, minutesAgo: hour >= 27 && hour < 29 ? -360 : 0 }
}

describe('a flood, replayed', () => {
  it('tells each level once up and once down, through gaps, noise, a hanging float and a wrong clock', async () => {
    let doubtful = 0
    let highest = 0
    for (let step = 0; step * STEP_MINUTES <= HOURS * 60; step++) {
      const one = sent(step)
      if (one !== undefined) {
        const { value, minutesAgo } = one
        const done = await room.put(room.reading(minutesAgo, value))
        doubtful += done.doubtful.future ?? 0
        highest = Math.max(highest, value)
      }
      room.clock.advance(STEP_MINUTES * 60)
    }
    expect(highest).toBeGreaterThan(450)
    expect(doubtful).toBe(4)
    const told = await room.events()
    const moves = told.map((event) => {
      const { subjectId, from, to } = event as { subjectId: string; from?: number; to?: number }
      return [subjectId, from, to]
    })
    expect(moves).toEqual([
      ['phu-oc', 0, 1],
      ['phu-oc', 1, 2],
      ['phu-oc', 2, 3],
      ['phu-oc', 3, 2],
      ['phu-oc', 2, 1],
      ['phu-oc', 1, 0],
    ])
    const latest = await listLatest(room.ctx, { kind: 'river' })
    expect(latest.find(({ station }) => station.code === 'phu-oc')).toMatchObject({ stage: 0 })
  })
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
