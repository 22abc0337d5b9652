import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALERT_STATES, type AlertState } from '../schema.ts'
import { isInRing, placesOf } from './area.ts'
import { measuredStep, type Told } from './measured.ts'
import { decideMove } from './moves.ts'

const at = new Date('2026-11-27T10:00:00Z')
const moves = fc.constantFrom('propose', 'return', 'issue', 'drop')

describe('the steps of a message', () => {
  it('no path issues what is incomplete, over, or one’s own, and nothing leaves an end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALERT_STATES),
        moves,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (state, move, isOwn, isComplete, isOver) => {
          const now = {
            state,
            authorId: isOwn ? 'me' : 'other',
            isComplete,
            expiresAt: new Date(at.getTime() + (isOver ? -1 : 1)),
          }
          const decision = decideMove(now, move, { officialId: 'me', at })
          if (decision.outcome !== 'moved') return
          expect(['issued', 'dropped']).not.toContain(state)
          if (decision.state === 'issued')
            expect([state, isOwn, isComplete, isOver]).toEqual(['proposed', false, true, false])
        },
      ),
    )
  })

  it('every message comes to its end by some path', () => {
    const now = { authorId: 'other', isComplete: true, expiresAt: new Date(at.getTime() + 1) }
    let state: AlertState = 'draft'
    for (const move of ['propose', 'return', 'propose', 'issue'] as const) {
      const decision = decideMove({ ...now, state }, move, { officialId: 'me', at })
      if (decision.outcome === 'moved') state = decision.state
    }
    expect(state).toBe('issued')
  })
})

describe('where it holds', () => {
  const square = [
    { lng: 0, lat: 0 },
    { lng: 2, lat: 0 },
    { lng: 2, lat: 2 },
    { lng: 0, lat: 2 },
    { lng: 0, lat: 0 },
  ]

  it('a point is in a square exactly when it is', () => {
    const near = fc.integer({ min: -300, max: 300 }).map((n) => n / 100 + 0.005)
    fc.assert(
      fc.property(near, near, (lng, lat) => {
        expect(isInRing({ lng, lat }, square)).toBe(lng > 0 && lng < 2 && lat > 0 && lat < 2)
      }),
    )
  })

  it('hamlets in a shape, units without hamlets by their middle, each once and nobody else', () => {
    const units = [
      { code: '1', at: { lng: 1, lat: 1 } },
      { code: '2', at: { lng: 1, lat: 1 } },
      { code: '3', at: { lng: 5, lat: 5 } },
    ]
    const hamlets = [
      { id: 'in', unitCode: '1', at: { lng: 0.5, lat: 0.5 } },
      { id: 'out', unitCode: '1', at: { lng: 9, lat: 9 } },
      { id: 'nowhere', unitCode: '1', at: null },
    ]
    const area = { places: [], polygons: [square], circles: [] }
    expect(placesOf(area, units, hamlets)).toEqual([
      { unitCode: '2' },
      { unitCode: '1', hamletId: 'in' },
    ])
    const named = [{ unitCode: '1' }, { unitCode: '1', hamletId: 'in' }, { unitCode: '1' }]
    expect(placesOf({ ...area, polygons: [], places: named }, units, hamlets)).toEqual([
      { unitCode: '1' },
    ])
    const circle = { center: { lng: 5, lat: 5 }, radiusKm: 1 }
    expect(placesOf({ places: [], polygons: [], circles: [circle] }, units, hamlets)).toEqual([
      { unitCode: '3' },
    ])
  })
})

describe('a measured river', () => {
  it('whatever its stages, says each once in turn, begins with an alert and ends with an all clear', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 }), (stages) => {
        let told: Told = null
        let last = 0
        for (const stage of stages) {
          const step = measuredStep(told, stage)
          if (step.do !== 'tell') {
            expect(step.do === 'nothing' ? stage === last : stage === 0).toBe(true)
            continue
          }
          expect(step.as).toBe(last === 0 ? 'alert' : stage === 0 ? 'all_clear' : 'update')
          expect(stage).not.toBe(last)
          told = { level: step.level, isOver: step.as === 'all_clear' }
          last = stage
        }
      }),
    )
  })

  it('begins anew when what was told is over by its time', () => {
    expect(measuredStep({ level: 2, isOver: true }, 2)).toEqual({
      do: 'tell',
      as: 'alert',
      level: 2,
    })
  })
})
