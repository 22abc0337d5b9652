import type { OwnIncident, State } from '../schema.ts'
import { CLOSES_AFTER_DAYS, MAX_REOPENINGS, RULES } from './moves.ts'
import { isOpen } from './table.ts'
import type { Steps } from './view.ts'

const DAY_MS = 86_400_000

/** What a sender may do now with an own case; the same conditions as the moves themselves. */
export function ownMoves(
  row: { state: State; answeredAt: string | null },
  around: { steps: Steps; now: Date; isAsked: boolean },
): OwnIncident['moves'] {
  const { steps, now, isAsked } = around
  const may = (kind: 'give_info' | 'withdraw' | 'rate' | 'reopen') =>
    RULES[kind].from.includes(row.state)
  const reopenings = steps.filter((step) => step.kind === 'reopen').length
  const isInTime =
    row.answeredAt !== null &&
    now.getTime() - Date.parse(row.answeredAt) < CLOSES_AFTER_DAYS * DAY_MS
  return [
    ...(isOpen(row.state) ? (['add'] as const) : []),
    ...(may('give_info') ? (['give_info'] as const) : []),
    ...(may('withdraw') ? (['withdraw'] as const) : []),
    ...(may('rate') ? (['rate'] as const) : []),
    ...(may('reopen') && isInTime && reopenings < MAX_REOPENINGS ? (['reopen'] as const) : []),
    ...(isAsked ? (['satisfaction'] as const) : []),
  ]
}
