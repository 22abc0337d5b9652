import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideMove,
  isOver,
  type Move,
  type Standing,
  TABLE,
} from '../../api/rooms/sos/policy/moves.ts'
import { nextRoundAt, rostersOf, tellsAddition } from '../../api/rooms/sos/policy/rounds.ts'
import { nearestGauge } from '../../api/rooms/sos/policy/water.ts'
import { SOS_STATES } from '../../api/rooms/sos/schema.ts'

const SEED = 20261127
const MINUTE_MS = 60_000
const MOVES = ['claim', 'release', 'reach', 'safe', 'withdraw', 'close'] as const
const wish = fc.record({
  move: fc.constantFrom<Move>(...MOVES),
  official: fc.constantFrom('an', 'khoi', null),
})
/** The sender only ends a call; officials do the rest. */
const real = wish.filter(({ move, official }) =>
  official === null ? move === 'safe' || move === 'withdraw' : move !== 'withdraw',
)

const walk = (wishes: readonly { move: Move; official: string | null }[]): Standing[] => {
  const standings: Standing[] = [{ state: 'open', claimedBy: null }]
  for (const { move, official } of wishes) {
    const now = standings.at(-1) ?? { state: 'open', claimedBy: null }
    const decided = decideMove(now, move, official)
    if (decided.outcome === 'moved')
      standings.push({ state: decided.state, claimedBy: decided.claimedBy })
  }
  return standings
}

describe('a call for rescue', () => {
  it('is never lost: it rings until somebody has it or it is over, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(real, { maxLength: 30 }), (wishes) => {
        for (const { state, claimedBy } of walk(wishes)) {
          expect(SOS_STATES).toContain(state)
          if (state === 'open') expect(claimedBy).toBeNull()
          if (state === 'claimed' || state === 'reached') expect(claimedBy).not.toBeNull()
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('has one person at a time, and pressing twice is pressing once', () => {
    fc.assert(
      fc.property(fc.array(real, { maxLength: 20 }), real, (wishes, { move, official }) => {
        const now = walk(wishes).at(-1) ?? { state: 'open', claimedBy: null }
        const decided = decideMove(now, move, official)
        if (decided.outcome !== 'moved') return
        if (now.claimedBy !== null && decided.claimedBy !== null)
          expect(decided.claimedBy).toBe(now.claimedBy)
        expect(decided.stopsRounds).toBe(decided.state !== 'open')
        if (move === 'close') return
        const again = decideMove(decided, move, official)
        expect(again.outcome).toBe('same')
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('that somebody has is taken for others, and an end is an end', () => {
    expect(decideMove({ state: 'claimed', claimedBy: 'an' }, 'claim', 'khoi').outcome).toBe('taken')
    expect(decideMove({ state: 'reached', claimedBy: 'an' }, 'claim', 'an').outcome).toBe('same')
    for (const state of SOS_STATES.filter(isOver)) {
      expect(TABLE[state]).toEqual({})
      for (const move of MOVES)
        expect(decideMove({ state, claimedBy: 'an' }, move, 'khoi').outcome).not.toBe('moved')
    }
  })
})

describe('rounds', () => {
  const start = new Date('2026-11-27T20:00:00Z')
  const later = (minutes: number) => new Date(start.getTime() + minutes * MINUTE_MS)
  const waitOf = (round: number, now: Date) =>
    (nextRoundAt(round, start, now).getTime() - now.getTime()) / MINUTE_MS

  it('come after 2, 3 and then each 5 minutes, after two hours each 30', () => {
    expect([1, 2, 3, 4, 20].map((round) => waitOf(round, later(round)))).toEqual([2, 3, 5, 5, 5])
    expect(waitOf(30, later(119))).toBe(5)
    expect(waitOf(30, later(120))).toBe(30)
  })

  it('ask the city’s desk too from the second on', () => {
    expect(rostersOf(1, '19867')).toEqual(['19867'])
    expect(rostersOf(2, '19867')).toEqual(['19867', null])
  })

  it('a place rings at once, further words once a minute', () => {
    expect(tellsAddition(start, later(0), true)).toBe(true)
    expect(tellsAddition(start, later(0.5), false)).toBe(false)
    expect(tellsAddition(start, later(1), false)).toBe(true)
    expect(tellsAddition(null, start, false)).toBe(true)
  })
})

describe('water near', () => {
  const phuOc = { at: { lng: 107.47, lat: 16.55 }, text: 'Phú Ốc', stage: 2 }
  const kimLong = { at: { lng: 107.56, lat: 16.46 }, text: 'Kim Long', stage: 1 }

  it('is the gauge next to the call, else the first of the unit', () => {
    expect(nearestGauge([kimLong, phuOc], { lng: 107.5, lat: 16.56 })?.text).toBe('Phú Ốc')
    expect(nearestGauge([kimLong, phuOc], null)).toEqual({
      text: 'Kim Long',
      stage: 1,
      distanceKm: null,
    })
    expect(nearestGauge([], null)).toBeNull()
  })
})
