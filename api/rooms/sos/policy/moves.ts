import type { SosState } from '../schema.ts'

/** What can happen to a call: by its sender (`withdraw`, `safe`) or by an official. */
export type Move = 'claim' | 'release' | 'reach' | 'safe' | 'withdraw' | 'close'

/** Every transition; what is not here does not happen. Nothing leads out of an end: whoever calls again has a new call. */
export const TABLE = {
  open: {
    claim: 'claimed',
    reach: 'reached',
    safe: 'safe',
    withdraw: 'withdrawn',
    close: 'closed',
  },
  claimed: {
    release: 'open',
    reach: 'reached',
    safe: 'safe',
    withdraw: 'withdrawn',
    close: 'closed',
  },
  reached: { release: 'open', safe: 'safe', withdraw: 'withdrawn', close: 'closed' },
  safe: {},
  withdrawn: {},
  closed: {},
} as const satisfies Record<SosState, Partial<Record<Move, SosState>>>

export type Standing = { state: SosState; claimedBy: string | null }
export type Decision =
  | { outcome: 'moved'; state: SosState; claimedBy: string | null; stopsRounds: boolean }
  /** It is so already: the same person pressed twice. */
  | { outcome: 'same' }
  /** Somebody else has it. */
  | { outcome: 'taken' }
  | { outcome: 'impossible' }

export const isOver = (state: SosState): boolean => Object.keys(TABLE[state]).length === 0

/** What `move` by `official` (null: the sender) makes of a call. */
export function decideMove(now: Standing, move: Move, official: string | null): Decision {
  if (move === 'claim' && now.claimedBy !== null && !isOver(now.state))
    return { outcome: now.claimedBy === official ? 'same' : 'taken' }
  const table: Partial<Record<Move, SosState>> = TABLE[now.state]
  const state = table[move]
  if (state === undefined) {
    const isSame =
      (move === 'reach' && now.state === 'reached') ||
      (move === 'safe' && now.state === 'safe') ||
      (move === 'withdraw' && now.state === 'withdrawn') ||
      (move === 'release' && now.state === 'open')
    return { outcome: isSame ? 'same' : 'impossible' }
  }
  const claimedBy = move === 'release' ? null : (now.claimedBy ?? official)
  return { outcome: 'moved', state, claimedBy, stopsRounds: state !== 'open' }
}
