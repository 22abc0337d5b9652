/** Whose turn it is to look: an officer of the agency, the dispatcher, the leader who approves. */
export const RECIPIENTS = ['officer', 'dispatcher', 'approver'] as const
export type Recipient = (typeof RECIPIENTS)[number]

export type LadderStep = { step: number; afterWorkingDays: number; recipient: Recipient }

/**
 * What ships until an installation dates its own: a reminder two working days before the due day, then one step up the
 * desk on the first and on the third working day after it. Practice, not law.
 */
export const SHIPPED_LADDER: readonly LadderStep[] = [
  { step: 1, afterWorkingDays: -2, recipient: 'officer' },
  { step: 2, afterWorkingDays: 1, recipient: 'dispatcher' },
  { step: 3, afterWorkingDays: 3, recipient: 'approver' },
]
