import type { ErrorCode } from '../../../core/errors.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { DueBasis } from '../../../db/schema-incidents.ts'
import type { OfficialMove, ReasonCode, ReporterMove, State } from '../schema.ts'

/** Moves that time makes: nobody answered our question, nobody objected to the answer. */
export type SystemMove = { kind: 'lapse' } | { kind: 'close' }
export type Move = OfficialMove | ReporterMove | SystemMove
export type MoveKind = Move['kind']

/** What a case looks like to a decision. */
export type CaseFacts = {
  id: string
  state: State
  agencyCode: string | null
  assigneeId: string | null
  dueDate: LocalDate | null
  acceptedAt: string | null
  answeredAt: string | null
  closedAt: string | null
  reasonCode: string | null
  duplicateOfId: string | null
  answerText: string | null
  rating: number | null
  updatedAt: string
}

/** What else a decision needs, looked up by the caller. */
export type MoveFacts = {
  by: 'official' | 'reporter' | 'system'
  /** Official who acts. */
  actorId: string | null
  now: Date
  needsApprover: boolean
  /** The term of that many working days after `from`, first day not counted. */
  countDue: (from: LocalDate, workingDays: number) => Due
  dueInWorkingDays: number
  reopenings: number
  extensions: number
  /** The case that this one repeats, when the move names one. */
  original?: { id: string; state: State }
}

/** A due day and how it was counted. */
export type Due = { dueDate: LocalDate; dueBasis: DueBasis }

export type Changes = {
  state: State
  agencyCode?: string | null
  assigneeId?: string | null
  dueDate?: LocalDate
  dueBasis?: DueBasis
  /** Goes back to 0 with a new due day. */
  escalationStep?: 0
  reasonCode?: ReasonCode
  duplicateOfId?: string
  answerText?: string | null
  rating?: number
  acceptedAt?: Date
  answeredAt?: Date | null
  closedAt?: Date
}

export type ActivityData = Record<string, string | number | boolean | null>
export type Activity = {
  kind: MoveKind
  from: State
  to: State
  isPublic: boolean
  data: ActivityData
}

/** What the resident is told; the last thing that matters to them. */
export type Tell =
  | 'accepted'
  | 'assigned'
  | 'in_progress'
  | 'answered'
  | 'refused'
  | 'duplicate'
  | 'needs_info'
  | 'extended'
  | 'reopened'
  | 'closed'
  | 'withdrawn'

export type Decision = {
  to: State
  changes: Changes
  activity: readonly Activity[]
  tell: Tell | null
  /** Photos that become public with this step. */
  publish: 'none' | 'report' | 'proof'
  /** Proof of an answer that was sent back is taken off the case. */
  dropsProof: boolean
}

export type Decided =
  | { ok: true; decision: Decision }
  | { ok: false; code: ErrorCode; params: Record<string, string> }

/** The sender has this long to answer our question, and to object to an answer. */
export const INFO_LAPSES_AFTER_DAYS = 7
export const CLOSES_AFTER_DAYS = 10
export const MAX_REOPENINGS = 2
export const MAX_EXTENSIONS = 1

type Rule = {
  by: MoveFacts['by']
  from: readonly State[]
  /** States entered, in order. */
  path: (facts: MoveFacts) => readonly State[]
}

const via =
  (...states: State[]) =>
  () =>
    states

/** Which move leaves which states for which; a test holds each of these against the table. */
export const RULES: Record<MoveKind, Rule> = {
  accept: { by: 'official', from: ['received'], path: via('accepted') },
  refuse: { by: 'official', from: ['received', 'needs_info'], path: via('refused') },
  ask_info: { by: 'official', from: ['received'], path: via('needs_info') },
  record_info: { by: 'official', from: ['needs_info'], path: via('received') },
  mark_duplicate: {
    by: 'official',
    from: ['received', 'accepted', 'assigned', 'in_progress'],
    path: via('duplicate'),
  },
  assign: { by: 'official', from: ['accepted', 'reopened'], path: via('assigned') },
  accept_and_assign: { by: 'official', from: ['received'], path: via('accepted', 'assigned') },
  not_our_task: { by: 'official', from: ['assigned', 'in_progress'], path: via('accepted') },
  start: { by: 'official', from: ['assigned'], path: via('in_progress') },
  request_extension: {
    by: 'official',
    from: ['in_progress'],
    path: via('extension_requested'),
  },
  grant_extension: {
    by: 'official',
    from: ['extension_requested'],
    path: via('in_progress'),
  },
  refuse_extension: { by: 'official', from: ['extension_requested'], path: via('in_progress') },
  answer: {
    by: 'official',
    from: ['in_progress'],
    path: ({ needsApprover }) =>
      needsApprover ? ['answer_proposed'] : ['answer_proposed', 'answered'],
  },
  approve_answer: { by: 'official', from: ['answer_proposed'], path: via('answered') },
  return_answer: { by: 'official', from: ['answer_proposed'], path: via('in_progress') },
  give_info: { by: 'reporter', from: ['needs_info'], path: via('received') },
  withdraw: { by: 'reporter', from: ['received', 'accepted'], path: via('withdrawn') },
  rate: { by: 'reporter', from: ['answered'], path: via('closed') },
  reopen: { by: 'reporter', from: ['answered'], path: via('reopened') },
  lapse: { by: 'system', from: ['needs_info'], path: via('refused') },
  close: { by: 'system', from: ['answered'], path: via('closed') },
}

/** Official moves that the table allows from a state; rights are the caller's to check. */
export function movesFrom(state: State, extensions: number): OfficialMove['kind'][] {
  const kinds = Object.keys(RULES) as MoveKind[]
  return kinds.filter(
    (kind): kind is OfficialMove['kind'] =>
      RULES[kind].by === 'official' &&
      RULES[kind].from.includes(state) &&
      !(kind === 'request_extension' && extensions >= MAX_EXTENSIONS),
  )
}
