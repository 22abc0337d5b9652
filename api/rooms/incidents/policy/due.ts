import type { LocalDate } from '../../../core/time.ts'
import { type Calendar, countWorkingDays } from '../../areas/index.ts'
import type { Due } from './moves.ts'

/** A term in working days under the calendar as it is known now; the count is kept with the date. */
export function countDue(from: LocalDate, workingDays: number, calendar: Calendar): Due {
  const { date, isEstimated, skipped, worked } = countWorkingDays(from, workingDays, calendar)
  return { dueDate: date, dueBasis: { from, workingDays, skipped, worked, isEstimated } }
}
