import type { Db } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { CALENDAR_DAYS, ESTIMATE } from '../data/calendar.ts'
import { HOTLINES, HOTLINES_SOURCE } from '../data/hotlines.ts'
import { insertMissingHotlines, mergeCalendar } from '../store.ts'

/**
 * What every installation has: the working calendar and the numbers of the whole country. Safe at every start: what an
 * official confirmed or changed stays.
 */
export async function seedReference(db: Db, now: Date, newId: () => string): Promise<void> {
  await mergeCalendar(db, CALENDAR_DAYS, ESTIMATE, localDate(now))
  await insertMissingHotlines(
    db,
    HOTLINES.map((hotline, i) => ({
      ...hotline,
      id: newId(),
      unitCode: null,
      position: (i + 1) * 10,
      source: HOTLINES_SOURCE,
    })),
  )
}
