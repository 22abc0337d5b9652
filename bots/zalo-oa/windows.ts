import type { ZaloOaEvent } from './receive.ts'

const HOUR_MS = 3_600_000
/** Answers are free for 48 hours after a person's last interaction, paid until day 7, refused with −230 later. */
const FREE_MS = 48 * HOUR_MS
const BILLABLE_MS = 7 * 24 * HOUR_MS

export type WindowState = 'free' | 'billable' | 'closed'

/** What a message to this follower would meet now; a follower who never did anything is closed. */
export function windowState(lastInteractionAt: Date | undefined, now: Date): WindowState {
  if (lastInteractionAt === undefined) return 'closed'
  const age = now.getTime() - lastInteractionAt.getTime()
  if (age <= FREE_MS) return 'free'
  return age <= BILLABLE_MS ? 'billable' : 'closed'
}

/** True for what opens the window anew: a follow, a message, a pressed button, "chat now". */
export const isInteraction = (event: ZaloOaEvent): boolean =>
  event.kind === 'follow' || event.kind === 'message'
