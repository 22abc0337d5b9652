const HOUR_MS = 3_600_000

/** When somebody is reminded of a warning that holds; this installation's choice. */
export type ReminderHours = {
  /** A warning that was not updated for so long is asked about. */
  unchanged: number
  /** So long before its end somebody decides whether it goes on. */
  beforeEnd: number
}
export const DEFAULT_REMINDER_HOURS: ReminderHours = { unchanged: 6, beforeEnd: 1 }

/** `unchanged`: nobody updated it for hours. `ending`: it is over soon. Each is told once of a message. */
export type ReminderStep = 'unchanged' | 'ending'

/** A message in force; `renewsItself`: of a river that speaks by itself, which is silent when its message runs out. */
type Held = { issuedAt: Date; expiresAt: Date; renewsItself: boolean }

/**
 * The step that a warning in force stands at, the end before the age, with the moment since when; undefined while
 * nothing is due. A short warning is not ending before half of its time is over.
 */
export function reminderStep(
  { issuedAt, expiresAt, renewsItself }: Held,
  hours: ReminderHours,
  now: Date,
): { step: ReminderStep; since: Date } | undefined {
  if (expiresAt <= now) return undefined
  const lifeMs = expiresAt.getTime() - issuedAt.getTime()
  const endingMs = expiresAt.getTime() - Math.min(hours.beforeEnd * HOUR_MS, lifeMs / 2)
  if (now.getTime() >= endingMs) return { step: 'ending', since: new Date(endingMs) }
  const unchangedMs = issuedAt.getTime() + hours.unchanged * HOUR_MS
  if (renewsItself || now.getTime() < unchangedMs) return undefined
  return { step: 'unchanged', since: new Date(unchangedMs) }
}
