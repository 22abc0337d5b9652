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

/** Moves that need no words and no choice but the agency that the route names. */
export const QUICK_MOVES = ['accept_and_assign', 'assign', 'accept', 'start'] as const
export type QuickMove = (typeof QUICK_MOVES)[number]

export type RouteLine = {
  category: string
  kind: string | null
  unitCode: string | null
  agencyCode: string
}

/** The route that fits a case best: of its kind before any kind, of its unit before any unit. */
export function pickRoute<R extends RouteLine>(
  routes: readonly R[],
  matter: { category: string; kind: string | null; unitCode: string | null },
): R | undefined {
  const fits = routes.filter(
    (route) =>
      route.category === matter.category &&
      (route.kind === null || route.kind === matter.kind) &&
      (route.unitCode === null || route.unitCode === matter.unitCode),
  )
  const rank = (route: R) => (route.kind === null ? 2 : 0) + (route.unitCode === null ? 1 : 0)
  return fits.toSorted((a, b) => rank(a) - rank(b))[0]
}

/** Calls for rescue stand above everything. */
const URGENCIES = ['sos', 'urgent', 'normal'] as const
export type Urgency = (typeof URGENCIES)[number]

/** Position in a work list: urgent first, then by due date, then by age. */
export type WorkCursor = { urgency: Urgency; dueDate: LocalDate | null; id: string }

export const encodeWorkCursor = ({ urgency, dueDate, id }: WorkCursor): string =>
  `${urgency}_${dueDate ?? ''}_${id}`

/** The position in a cursor; undefined when it is none of ours. */
export function decodeWorkCursor(cursor: string): WorkCursor | undefined {
  const [urgency, due = '', id = '', ...rest] = cursor.split('_')
  const known = URGENCIES.find((one) => one === urgency)
  if (known === undefined) return undefined
  if (rest.length > 0 || !isUuid(id) || !(due === '' || isLocalDate(due))) return undefined
  return { urgency: known, dueDate: due === '' ? null : due, id }
}

/** Where something stands in the order of work. */
export const positionOf = (item: {
  urgency: Urgency
  dueDate?: LocalDate | undefined
  id: string
}): WorkCursor => ({ urgency: item.urgency, dueDate: item.dueDate ?? null, id: item.id })

const LAST_DAY = '9999-12-31'

/** The order of work, the same as that of the lists in the database: urgent, due soonest (never last), oldest. */
export function compareWork(a: WorkCursor, b: WorkCursor): number {
  if (a.urgency !== b.urgency) return URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency)
  const [dueA, dueB] = [a.dueDate ?? LAST_DAY, b.dueDate ?? LAST_DAY]
  if (dueA !== dueB) return dueA < dueB ? -1 : 1
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}
