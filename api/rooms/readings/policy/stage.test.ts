import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AlarmLevels,
  DOWN_MARGIN_CM,
  nextStage,
  type Stage,
  type StageState,
  stageAt,
  standing,
} from './stage.ts'

const KIM_LONG: AlarmLevels = { 1: 100, 2: 200, 3: 350, record: 581 }
const PHU_OC: AlarmLevels = { 1: 150, 2: 300, 3: 450 }
const START: StageState = { stage: 0, belowSinceMs: null }

/** Stages of a run of readings, one each ten minutes. */
function run(cms: readonly number[], levels: AlarmLevels, everyMinutes = 10): Stage[] {
  let state = START
  return cms.map((levelCm, i) => {
    state = nextStage(state, { atMs: i * everyMinutes * 60_000, levelCm }, levels)
    return state.stage
  })
}

describe('standing', () => {
  it('reads as bulletins do', () => {
    expect(standing(185, KIM_LONG)).toEqual({ kind: 'above', stage: 1, byCm: 85 })
    expect(standing(325, PHU_OC)).toEqual({ kind: 'above', stage: 2, byCm: 25 })
    expect(standing(452, PHU_OC)).toEqual({ kind: 'above', stage: 3, byCm: 2 })
    expect(standing(60, KIM_LONG)).toEqual({ kind: 'below', stage: 1, byCm: 40 })
  })

  it('equal is "at", the record has to be passed, and there is no fourth alarm', () => {
    expect(standing(200, KIM_LONG)).toEqual({ kind: 'at', stage: 2, byCm: 0 })
    expect(stageAt(581, KIM_LONG)).toBe(3)
    expect(stageAt(582, KIM_LONG)).toBe(4)
    expect(stageAt(9_999, PHU_OC)).toBe(3)
  })

  it('says nothing of levels that nobody confirmed', () => {
    expect(standing(253, {})).toEqual({ kind: 'unknown' })
    expect(stageAt(253, {})).toBe(0)
    expect(standing(6_059, { 2: 6_100 })).toEqual({ kind: 'below', stage: 2, byCm: 41 })
  })
})

describe('nextStage', () => {
  it('rises at once and comes down only after the margin held', () => {
    expect(run([99, 100, 210, 195, 189, 189, 189, 189], KIM_LONG)).toEqual([0, 1, 2, 2, 2, 2, 2, 1])
  })

  it('does not flap around a level', () => {
    const around = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 301 : 295))
    expect(new Set(run(around, PHU_OC))).toEqual(new Set([2]))
  })

  it('never leaves the stages, goes up at least as far as the level, and forgets nothing high', () => {
    const step = fc.tuple(fc.integer({ min: -300, max: 700 }), fc.integer({ min: 1, max: 180 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = START
        let atMs = 0
        for (const [levelCm, minutes] of steps) {
          atMs += minutes * 60_000
          const before = state.stage
          state = nextStage(state, { atMs, levelCm }, KIM_LONG)
          expect(state.stage).toBeGreaterThanOrEqual(stageAt(levelCm, KIM_LONG))
          if (state.stage < before)
            expect(state.stage).toBe(stageAt(levelCm + DOWN_MARGIN_CM, KIM_LONG))
          if (state.stage > before) expect(state.stage).toBe(stageAt(levelCm, KIM_LONG))
        }
      }),
    )
  })

  it('with noise below the margin, a flood up and down passes each stage once each way', () => {
    const noise = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 240, maxLength: 240 })
    fc.assert(
      fc.property(noise, (wobble) => {
        const wave = wobble.map((n, i) => Math.round(40 + 480 * Math.sin((i / 239) * Math.PI)) + n)
        const stages = run([...wave, 20, 20, 20, 20, 20], KIM_LONG)
        const changes = stages.filter((s, i) => s !== (stages[i - 1] ?? 0))
        expect(changes).toEqual([1, 2, 3, 2, 1, 0])
      }),
      { numRuns: 50 },
    )
  })
})
