import type { AlertState, MoveInput } from '../schema.ts'

/** Every transition of a message; nothing leads out of an end, and an issued one is only followed by another. */
export const TABLE = {
  draft: { propose: 'proposed', drop: 'dropped' },
  proposed: { return: 'draft', issue: 'issued', drop: 'dropped' },
  issued: {},
  dropped: {},
} as const satisfies Record<AlertState, Partial<Record<MoveInput['move'], AlertState>>>

export type Decision =
  | { outcome: 'moved'; state: AlertState }
  /** It is so already: pressed twice. */
  | { outcome: 'same' }
  | { outcome: 'impossible' }
  /** Two people: whoever wrote it does not issue it. */
  | { outcome: 'own' }
  | { outcome: 'incomplete' }
  | { outcome: 'over' }

type Now = {
  state: AlertState
  authorId: string | null
  isComplete: boolean
  expiresAt: Date
}

/** What `move` by the official makes of a message. */
export function decideMove(
  now: Now,
  move: MoveInput['move'],
  by: { officialId: string; at: Date },
): Decision {
  const table: Partial<Record<MoveInput['move'], AlertState>> = TABLE[now.state]
  const state = table[move]
  if (state === undefined) {
    const ends = { propose: 'proposed', return: 'draft', issue: 'issued', drop: 'dropped' } as const
    return { outcome: ends[move] === now.state ? 'same' : 'impossible' }
  }
  if (move === 'drop' || move === 'return') return { outcome: 'moved', state }
  if (!now.isComplete) return { outcome: 'incomplete' }
  if (now.expiresAt <= by.at) return { outcome: 'over' }
  if (move === 'issue' && now.authorId === by.officialId) return { outcome: 'own' }
  return { outcome: 'moved', state }
}
