import type { ErrorCode } from '../../../core/errors.ts'
import { hasGap } from '../../../core/fill-template.ts'
import { localDate } from '../../../core/time.ts'
import type { State } from '../schema.ts'
import {
  type Activity,
  type ActivityData,
  type CaseFacts,
  type Changes,
  CLOSES_AFTER_DAYS,
  type Decided,
  type Due,
  INFO_LAPSES_AFTER_DAYS,
  MAX_EXTENSIONS,
  MAX_REOPENINGS,
  type Move,
  type MoveFacts,
  RULES,
  type Tell,
} from './moves.ts'
import { isEnd, isPublicStep } from './table.ts'

const DAY_MS = 86_400_000
const isOlder = (iso: string | null, days: number, now: Date) =>
  iso !== null && now.getTime() - Date.parse(iso) >= days * DAY_MS

const refused = (code: ErrorCode, params: Record<string, string> = {}): Decided => ({
  ok: false,
  code,
  params,
})

/**
 * An answer is shown to be true: by a photo newer than the report, a document, or a reason why there is neither. A photo
 * counts from when it was taken, else from when it was uploaded.
 */
function proofProblem(move: Extract<Move, { kind: 'answer' }>, facts: MoveFacts) {
  if (move.document !== undefined || (move.noProofReason ?? '').trim() !== '') return undefined
  if (facts.photos.length === 0) return refused('incidents.proof_missing')
  const isNew = facts.photos.some((p) => (p.takenAt ?? p.uploadedAt) >= facts.proofAfter)
  return isNew ? undefined : refused('incidents.proof_old')
}

/** Conditions beyond the table; undefined when the move may go on. */
function objection(incident: CaseFacts, move: Move, facts: MoveFacts): Decided | undefined {
  const notNow = () =>
    refused('incidents.bad_transition', { from: incident.state, move: move.kind })
  switch (move.kind) {
    case 'mark_duplicate': {
      const original = facts.original
      if (original === undefined || original.id === incident.id)
        return refused('incidents.not_found')
      const isUnfit = ['duplicate', 'refused', 'withdrawn'].includes(original.state)
      return isUnfit ? refused('incidents.not_found') : undefined
    }
    case 'answer':
      return hasGap(move.text) ? refused('incidents.answer_unfilled') : proofProblem(move, facts)
    case 'refuse':
      return move.reasonCode === 'other_channel' && move.redirectTo === undefined
        ? refused('incidents.reason_missing')
        : undefined
    case 'request_extension':
      return facts.extensions >= MAX_EXTENSIONS ? notNow() : undefined
    case 'reopen':
      return facts.reopenings >= MAX_REOPENINGS ||
        isOlder(incident.answeredAt, CLOSES_AFTER_DAYS, facts.now)
        ? notNow()
        : undefined
    case 'close':
      return isOlder(incident.answeredAt, CLOSES_AFTER_DAYS, facts.now) ? undefined : notNow()
    case 'lapse':
      return isOlder(incident.updatedAt, INFO_LAPSES_AFTER_DAYS, facts.now) ? undefined : notNow()
    default:
      return undefined
  }
}

/** A new term never ends before the old one: what a resident was told is the least they get. */
function laterDue(incident: CaseFacts, due: Due): Partial<Changes> {
  if (incident.dueDate !== null && due.dueDate < incident.dueDate) return {}
  return { ...due, escalationStep: 0 }
}

/** What a state means for the columns, whichever move led there. */
function columnsOf(state: State, incident: CaseFacts, facts: MoveFacts): Partial<Changes> {
  const { now } = facts
  switch (state) {
    case 'accepted':
      return {
        agencyCode: null,
        assigneeId: null,
        ...(incident.acceptedAt === null ? { acceptedAt: now } : {}),
      }
    case 'answered':
      return { answeredAt: now }
    case 'reopened':
      return {
        answeredAt: null,
        answerText: null,
        assigneeId: null,
        ...laterDue(incident, facts.countDue(localDate(now), facts.dueInWorkingDays)),
      }
    default:
      return isEnd(state) ? { closedAt: now } : {}
  }
}

/** What the move itself says for the columns. */
function columnsFrom(move: Move, incident: CaseFacts, facts: MoveFacts): Partial<Changes> {
  switch (move.kind) {
    case 'assign':
    case 'accept_and_assign':
      return { agencyCode: move.agencyCode, assigneeId: null }
    case 'start':
      return { assigneeId: facts.actorId }
    case 'refuse':
      return { reasonCode: move.reasonCode }
    case 'lapse':
      return { reasonCode: 'not_enough_info' }
    case 'mark_duplicate':
      return facts.original === undefined ? {} : { duplicateOfId: facts.original.id }
    case 'grant_extension': {
      const today = localDate(facts.now)
      const from = incident.dueDate !== null && incident.dueDate > today ? incident.dueDate : today
      return laterDue(incident, facts.countDue(from, move.days))
    }
    case 'answer':
      return { answerText: move.text }
    case 'rate':
      return { rating: move.rating }
    default:
      return {}
  }
}

/** What the activity row keeps of a move; people's words only where the story of the case needs them. */
function dataOf(move: Move): ActivityData {
  switch (move.kind) {
    case 'assign':
    case 'accept_and_assign':
      return { agencyCode: move.agencyCode }
    case 'refuse':
      return {
        reasonCode: move.reasonCode,
        ...(move.redirectTo === undefined ? {} : { redirectTo: move.redirectTo }),
      }
    case 'ask_info':
      return { question: move.question }
    case 'give_info':
    case 'record_info':
      return { text: move.text }
    case 'grant_extension':
      return { days: move.days }
    case 'answer':
      return {
        text: move.text,
        photos: move.mediaIds.length,
        ...(move.document === undefined ? {} : { documentNumber: move.document.number }),
        ...(move.document?.reference === undefined
          ? {}
          : { documentReference: move.document.reference }),
        ...(move.noProofReason === undefined ? {} : { noProofReason: move.noProofReason }),
      }
    case 'rate':
      return {
        rating: move.rating,
        ...(move.comment === undefined ? {} : { comment: move.comment }),
      }
    case 'request_extension':
      return { note: move.note, ...(move.days === undefined ? {} : { days: move.days }) }
    case 'not_our_task':
    case 'return_answer':
    case 'refuse_extension':
    case 'reopen':
      return move.note === undefined ? {} : { note: move.note }
    default:
      return {}
  }
}

function tellOf(move: Move, to: State): Tell | null {
  switch (move.kind) {
    case 'not_our_task':
    case 'give_info':
    case 'record_info':
    case 'return_answer':
    case 'refuse_extension':
      return null
    case 'grant_extension':
      return 'extended'
    default:
      return to === 'received' || to === 'extension_requested' || to === 'answer_proposed'
        ? null
        : to
  }
}

/** Decides one move; the caller writes. Never throws: what may not be is a code of the closed list. */
export function decideMove(incident: CaseFacts, move: Move, facts: MoveFacts): Decided {
  const rule = RULES[move.kind]
  if (rule.by !== facts.by) return refused('http.forbidden')
  if (!rule.from.includes(incident.state)) {
    return refused('incidents.bad_transition', { from: incident.state, move: move.kind })
  }
  const stop = objection(incident, move, facts)
  if (stop !== undefined) return stop

  const activity: Activity[] = []
  let changes: Changes = { state: incident.state }
  let from = incident.state
  for (const to of rule.path(facts)) {
    changes = { ...changes, ...columnsOf(to, incident, facts), state: to }
    activity.push({ kind: move.kind, from, to, isPublic: isPublicStep(from, to), data: {} })
    from = to
  }
  changes = { ...changes, ...columnsFrom(move, incident, facts), state: from }
  const last = activity.length - 1
  return {
    ok: true,
    decision: {
      to: from,
      changes,
      activity: activity.map((row, i) => (i === last ? { ...row, data: dataOf(move) } : row)),
      tell: tellOf(move, from),
      publish: changes.acceptedAt !== undefined ? 'report' : from === 'answered' ? 'proof' : 'none',
      dropsProof: move.kind === 'return_answer',
    },
  }
}
