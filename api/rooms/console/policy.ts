import type { Actor } from '../../context.ts'
import { isUuid } from '../../core/ids.ts'
import { isLocalDate, type LocalDate } from '../../core/time.ts'
import { type Action, type Reach, reachOf } from '../identity/index.ts'
import type { State } from '../incidents/index.ts'

/** Whose turn it is in each open state: the right that makes the usual next step. */
const NEXT_BY: readonly { action: Action; states: readonly State[] }[] = [
  { action: 'incidents.accept', states: ['received'] },
  { action: 'incidents.assign', states: ['accepted', 'reopened'] },
  { action: 'incidents.work', states: ['assigned', 'in_progress'] },
  { action: 'incidents.approve_answer', states: ['answer_proposed'] },
  { action: 'incidents.approve_extension', states: ['extension_requested'] },
]

export type Turn = { states: readonly State[]; reach: Reach }

export const isNothing = (reach: Reach): boolean =>
  !reach.isEverything && !reach.unitCode && !reach.agencyCode && !reach.assigneeId

/** States in which, and how far, the next step is this actor's to make. */
export const turnsOf = (actor: Actor): Turn[] =>
  NEXT_BY.map(({ action, states }) => ({ states, reach: reachOf(actor, action) })).filter(
    ({ reach }) => !isNothing(reach),
  )

/** Position in a work list: urgent first, then by due date, then by age. */
export type WorkCursor = { urgency: 'urgent' | 'normal'; dueDate: LocalDate | null; id: string }

export const encodeWorkCursor = ({ urgency, dueDate, id }: WorkCursor): string =>
  `${urgency}_${dueDate ?? ''}_${id}`

/** The position in a cursor; undefined when it is none of ours. */
export function decodeWorkCursor(cursor: string): WorkCursor | undefined {
  const [urgency, due = '', id = '', ...rest] = cursor.split('_')
  if (urgency !== 'urgent' && urgency !== 'normal') return undefined
  if (rest.length > 0 || !isUuid(id) || !(due === '' || isLocalDate(due))) return undefined
  return { urgency, dueDate: due === '' ? null : due, id }
}
