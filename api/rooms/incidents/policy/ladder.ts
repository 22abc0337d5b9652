import { addDays, type LocalDate } from '../../../core/time.ts'
import { type Calendar, workingDaysAfter, workingDaysBetween } from '../../areas/index.ts'
import type { LadderStep, Recipient } from '../data/ladder.ts'

/** Farther than this nothing is looked for: holidays are shorter. */
const MAX_WALK = 120

/**
 * The latest due day for which a step's day has come: before the due day, when no more than that many working days are
 * left; after it, when that many working days have begun since.
 */
export function cutoffOf(step: LadderStep, today: LocalDate, calendar: Calendar): LocalDate {
  const days = step.afterWorkingDays
  let day = today
  if (days > 0) {
    for (let i = 0; i < MAX_WALK && workingDaysAfter(day, days, calendar).date > today; i++)
      day = addDays(day, -1)
    return day
  }
  for (let i = 0; i < MAX_WALK; i++) {
    const next = addDays(day, 1)
    if (workingDaysBetween(today, next, calendar).days > -days) break
    day = next
  }
  return day
}

/** Who is told: a step for an officer goes to the dispatcher while no agency has the case. */
export const recipientOf = (step: LadderStep, agencyCode: string | null): Recipient =>
  step.recipient === 'officer' && agencyCode === null ? 'dispatcher' : step.recipient

/** A reminder before the day, else a step up. */
export const attentionKind = (step: LadderStep): 'due_soon' | 'late' =>
  step.afterWorkingDays <= 0 ? 'due_soon' : 'late'
