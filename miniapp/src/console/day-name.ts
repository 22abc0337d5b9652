import { addDays, localDate } from '../../../api/core/time.ts'

/** Which day an instant fell on, by the calendar of Viet Nam, for a list that people scan. */
export function dayName(instant: Date, now: Date): 'today' | 'yesterday' | 'other' {
  const day = localDate(instant)
  const today = localDate(now)
  if (day === today) return 'today'
  return day === addDays(today, -1) ? 'yesterday' : 'other'
}
