import type { Db } from '../../../context.ts'
import { FIRST_LESSONS, FIRST_REVIEWED_ON } from '../data/index.ts'
import { insertVersion } from '../store.ts'

/** Version 1 of each lesson. Safe at every start: what an editor changed stays. */
export async function seedLessons(db: Db, now: Date): Promise<void> {
  for (const [i, lesson] of FIRST_LESSONS.entries())
    await insertVersion(db, {
      ...{ lessonId: lesson.id, version: 1, state: 'published', position: i + 1, lesson },
      ...{ reviewedOn: FIRST_REVIEWED_ON, authorId: null, publishedBy: null },
      ...{ savedAt: now, publishedAt: now },
    })
}
