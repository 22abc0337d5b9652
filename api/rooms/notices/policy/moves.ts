import type { NoticeMove, NoticeState } from '../schema.ts'

/** Every transition of a notice; steps that only steer the sending leave it released. */
export const TABLE = {
  draft: { propose: 'proposed', drop: 'dropped', release: 'released' },
  proposed: { return: 'draft', release: 'released', drop: 'dropped' },
  released: { pause: 'released', resume: 'released', cancel: 'cancelled', review: 'released' },
  cancelled: { review: 'cancelled' },
  dropped: {},
} as const satisfies Record<NoticeState, Partial<Record<NoticeMove, NoticeState>>>

const ENDS: Partial<Record<NoticeMove, NoticeState>> = {
  propose: 'proposed',
  return: 'draft',
  release: 'released',
  drop: 'dropped',
  cancel: 'cancelled',
}

export type Now = {
  state: NoticeState
  authorId: string
  isEmergency: boolean
  isComplete: boolean
  expiresAt: Date
  sendAt: Date | null
  isAlone: boolean
  isReviewed: boolean
}

export type By = { officialId: string; mayRelease: boolean; at: Date; reason: string | undefined }

export type Decision =
  | { outcome: 'moved'; state: NoticeState; isAlone: boolean }
  /** It is so already: pressed twice. */
  | { outcome: 'same' }
  | { outcome: 'impossible' }
  /** Two people: whoever wrote it does not release it. */
  | { outcome: 'own' }
  | { outcome: 'forbidden' }
  | { outcome: 'incomplete' }
  | { outcome: 'over' }
  | { outcome: 'reason_missing' }

/**
 * What a step makes of a notice. Two people for every notice; an emergency may go out by its author alone with a written
 * reason, and then waits for the review of somebody who may release.
 */
export function decideMove(now: Now, move: NoticeMove, by: By): Decision {
  const table: Partial<Record<NoticeMove, NoticeState>> = TABLE[now.state]
  const state = table[move]
  if (state === undefined) return { outcome: ENDS[move] === now.state ? 'same' : 'impossible' }
  if (move === 'release') return release(now, by)
  if (move === 'review') return review(now, by, state)
  if (move === 'propose') {
    if (!now.isComplete) return { outcome: 'incomplete' }
    if (isOver(now, by.at)) return { outcome: 'over' }
  }
  if (move === 'return' && !by.mayRelease) return { outcome: 'forbidden' }
  if (move === 'cancel' && by.reason === undefined) return { outcome: 'reason_missing' }
  return { outcome: 'moved', state, isAlone: now.isAlone }
}

/** Nobody would read it: its end is past, or comes before it begins. */
const isOver = ({ expiresAt, sendAt }: Now, at: Date): boolean =>
  expiresAt <= at || (sendAt !== null && sendAt >= expiresAt)

function release(now: Now, by: By): Decision {
  if (!now.isComplete) return { outcome: 'incomplete' }
  if (isOver(now, by.at)) return { outcome: 'over' }
  const isSecond = by.mayRelease && now.authorId !== by.officialId
  if (isSecond && now.state === 'proposed')
    return { outcome: 'moved', state: 'released', isAlone: false }
  if (!now.isEmergency) return { outcome: by.mayRelease ? ownOr(now) : 'forbidden' }
  if (isSecond) return { outcome: 'impossible' }
  if (by.reason === undefined) return { outcome: 'reason_missing' }
  return { outcome: 'moved', state: 'released', isAlone: true }
}

/** A draft is proposed first, so that what the second person reads no longer changes. */
const ownOr = ({ state }: Now): 'own' | 'impossible' =>
  state === 'proposed' ? 'own' : 'impossible'

function review(now: Now, by: By, state: NoticeState): Decision {
  if (!now.isAlone) return { outcome: 'impossible' }
  if (now.isReviewed) return { outcome: 'same' }
  if (!by.mayRelease) return { outcome: 'forbidden' }
  if (now.authorId === by.officialId) return { outcome: 'own' }
  return { outcome: 'moved', state, isAlone: true }
}
