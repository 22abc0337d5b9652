import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideMove,
  HELP_MOVES,
  HELP_STATES,
  type HelpMove,
  isOver,
  movesFor,
  type Standing,
} from '../../api/rooms/guides/help/policy/moves.ts'

const SEED = 20261128
const MEMBERS = ['an', 'binh', 'cuc'] as const
type Wish = { move: HelpMove; member: string | null }

const byMember = fc.record({
  move: fc.constantFrom<HelpMove>('take', 'release', 'finish', 'decline'),
  member: fc.constantFrom<string>(...MEMBERS),
})
const byOthers = fc.record({
  move: fc.constantFrom<HelpMove>('cancel', 'lapse'),
  member: fc.constant(null),
})
const wish: fc.Arbitrary<Wish> = fc.oneof({ weight: 5, arbitrary: byMember }, byOthers)
const wishes = fc.array(wish, { maxLength: 30 })

const START: Standing = { state: 'open', takenBy: null }

function standing(pressed: readonly Wish[]): Standing {
  return pressed.reduce((now, { move, member }) => {
    const decided = decideMove(now, move, member)
    return decided.outcome === 'moved' ? decided.to : now
  }, START)
}

describe('a request for help at home', () => {
  it('is open with nobody or taken by one member, whatever is pressed', () => {
    fc.assert(
      fc.property(wishes, (pressed) => {
        const { state, takenBy } = standing(pressed)
        expect(HELP_STATES).toContain(state)
        if (state === 'open') expect(takenBy).toBeNull()
        if (state === 'taken' || state === 'done') expect(MEMBERS).toContain(takenBy)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('moves for its taker alone; others hear that it is taken', () => {
    fc.assert(
      fc.property(wishes, byMember, (pressed, { move, member }) => {
        const now = standing(pressed)
        if (now.state !== 'taken' || now.takenBy === member) return
        expect(decideMove(now, move, member)).toEqual({ outcome: 'taken' })
        expect(movesFor(now, member)).toEqual([])
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('never leaves an end, and pressing twice is pressing once', () => {
    fc.assert(
      fc.property(wishes, wish, (pressed, { move, member }) => {
        const now = standing(pressed)
        const decided = decideMove(now, move, member)
        if (isOver(now.state)) expect(decided.outcome).not.toBe('moved')
        if (decided.outcome !== 'moved' || move === 'lapse') return
        expect(decideMove(decided.to, move, member)).toEqual({ outcome: 'same' })
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('can be called off by its person at every point before the end', () => {
    fc.assert(
      fc.property(wishes, (pressed) => {
        const now = standing(pressed)
        const { outcome } = decideMove(now, 'cancel', null)
        const expected = now.state === 'cancelled' ? 'same' : 'impossible'
        expect(outcome).toBe(isOver(now.state) ? expected : 'moved')
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('offers a member just what would work', () => {
    fc.assert(
      fc.property(wishes, fc.constantFrom(...MEMBERS), (pressed, member) => {
        const now = standing(pressed)
        const work = HELP_MOVES.filter(
          (move) =>
            move !== 'cancel' &&
            move !== 'lapse' &&
            decideMove(now, move, member).outcome === 'moved',
        )
        expect([...movesFor(now, member)].sort()).toEqual([...work].sort())
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })
})
