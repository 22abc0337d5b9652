import type { State } from '../schema.ts'
import type { CaseFacts } from './moves.ts'
import { isEnd } from './table.ts'

/** True when the columns of a case fit its state; every path must keep it so. */
export function isConsistent(c: CaseFacts): boolean {
  const isOneOf = (...states: State[]) => states.includes(c.state)
  const hasAgency = isOneOf(
    'assigned',
    'in_progress',
    'extension_requested',
    'answer_proposed',
    'answered',
    'reopened',
    'closed',
  )
  const isBefore = isOneOf('received', 'needs_info', 'refused')
  const checks: [boolean, boolean][] = [
    [c.closedAt !== null, isEnd(c.state)],
    [c.reasonCode !== null, isOneOf('refused')],
    [c.duplicateOfId !== null, isOneOf('duplicate')],
    [c.answeredAt !== null, isOneOf('answered', 'closed')],
  ]
  if (checks.some(([is, should]) => is !== should)) return false
  if (isBefore && (c.acceptedAt !== null || c.agencyCode !== null || c.answerText !== null))
    return false
  if (hasAgency && (c.agencyCode === null || c.acceptedAt === null)) return false
  if (isOneOf('accepted') && (c.agencyCode !== null || c.assigneeId !== null)) return false
  if (isOneOf('answer_proposed', 'answered', 'closed') && c.answerText === null) return false
  return c.dueDate !== null && (c.rating === null || isOneOf('closed'))
}
