import type { State } from '../schema.ts'

/** Every step that a case may take; nothing else moves a case. */
export const NEXT = {
  received: ['accepted', 'refused', 'duplicate', 'needs_info', 'withdrawn'],
  needs_info: ['received', 'refused'],
  accepted: ['assigned', 'duplicate', 'withdrawn'],
  assigned: ['in_progress', 'accepted', 'duplicate'],
  in_progress: ['answer_proposed', 'extension_requested', 'accepted', 'duplicate'],
  extension_requested: ['in_progress'],
  answer_proposed: ['answered', 'in_progress'],
  answered: ['closed', 'reopened'],
  reopened: ['assigned'],
  closed: [],
  refused: [],
  duplicate: [],
  withdrawn: [],
} as const satisfies Record<State, readonly State[]>

/** True when the table has the step. */
export const isStep = (from: State, to: State): boolean =>
  (NEXT[from] as readonly State[]).includes(to)

/** States that nothing leaves. */
export const isEnd = (state: State): boolean => NEXT[state].length === 0

/** States of which the public sees more than the state itself. */
export const PUBLIC_STATES = [
  'accepted',
  'assigned',
  'in_progress',
  'extension_requested',
  'answer_proposed',
  'answered',
  'reopened',
  'closed',
] as const satisfies readonly State[]

/** For Open311-like readers: what still waits for the office. */
export const OPEN_STATES = [
  'received',
  'needs_info',
  'accepted',
  'assigned',
  'in_progress',
  'extension_requested',
  'answer_proposed',
  'reopened',
] as const satisfies readonly State[]

export const isOpen = (state: State): boolean => (OPEN_STATES as readonly State[]).includes(state)

/** What outsiders see: an answer or an extension under review is still "in progress". */
export const publicState = (state: State): State =>
  state === 'answer_proposed' || state === 'extension_requested' ? 'in_progress' : state

/** A step that shows in the public timeline: only when what outsiders see changes. */
export const isPublicStep = (from: State | null, to: State): boolean =>
  from === null || publicState(from) !== publicState(to)
