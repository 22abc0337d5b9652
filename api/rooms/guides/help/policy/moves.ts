/** A request for help at home: `cannot` ends it with a reason, `cancelled` is its person's own word. */
export const HELP_STATES = ['open', 'taken', 'done', 'cannot', 'cancelled'] as const
export type HelpState = (typeof HELP_STATES)[number]

/** By its person (`cancel`), by a member of the team, or by nobody in time (`lapse`). */
export const HELP_MOVES = ['take', 'release', 'finish', 'decline', 'cancel', 'lapse'] as const
export type HelpMove = (typeof HELP_MOVES)[number]

/** Every transition; what is not here does not happen, and nothing leads out of an end. */
export const TABLE = {
  open: { take: 'taken', decline: 'cannot', cancel: 'cancelled', lapse: 'cannot' },
  taken: {
    release: 'open',
    finish: 'done',
    decline: 'cannot',
    cancel: 'cancelled',
    lapse: 'cannot',
  },
  done: {},
  cannot: {},
  cancelled: {},
} as const satisfies Record<HelpState, Partial<Record<HelpMove, HelpState>>>

export type Standing = { state: HelpState; takenBy: string | null }
export type Decision =
  | { outcome: 'moved'; to: Standing }
  /** It is so already: pressed twice. */
  | { outcome: 'same' }
  /** Another member has it. */
  | { outcome: 'taken' }
  | { outcome: 'impossible' }

export const isOver = (state: HelpState): boolean => Object.keys(TABLE[state]).length === 0

/** What a member may press that has it, and one that has not. */
export const movesFor = ({ state, takenBy }: Standing, member: string): HelpMove[] => {
  if (state === 'open') return ['take', 'decline']
  return state === 'taken' && takenBy === member ? ['finish', 'release', 'decline'] : []
}

/** What `move` by `member` (null: the person who asked, or the clock) makes of a request. */
export function decideMove(now: Standing, move: HelpMove, member: string | null): Decision {
  const isOthers = member !== null && now.takenBy !== null && now.takenBy !== member
  if (isOthers && !isOver(now.state)) return { outcome: 'taken' }
  if (move === 'take' && now.state === 'taken') return { outcome: 'same' }
  const table: Partial<Record<HelpMove, HelpState>> = TABLE[now.state]
  const state = table[move]
  if (state !== undefined) {
    const takenBy = move === 'release' ? null : (now.takenBy ?? member)
    return { outcome: 'moved', to: { state, takenBy } }
  }
  const isSame =
    !isOthers &&
    ((move === 'finish' && now.state === 'done') ||
      (move === 'decline' && now.state === 'cannot') ||
      (move === 'cancel' && now.state === 'cancelled') ||
      (move === 'release' && now.state === 'open'))
  return { outcome: isSame ? 'same' : 'impossible' }
}
