import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type ProgressRow = Selectable<Database['lessonProgress']>

export const findProgress = (
  db: Db,
  residentId: string,
  lessonId: string,
): Promise<ProgressRow | undefined> =>
  db
    .selectFrom('lessonProgress')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('lessonId', '=', lessonId)
    .forUpdate()
    .executeTakeFirst()

export async function saveProgress(db: Db, row: ProgressRow): Promise<void> {
  const { residentId: _who, lessonId: _what, ...result } = row
  await db
    .insertInto('lessonProgress')
    .values(row)
    .onConflict((oc) => oc.columns(['residentId', 'lessonId']).doUpdateSet(result))
    .execute()
}

/** The latest first. */
export const listProgress = (db: Db, residentId: string): Promise<ProgressRow[]> =>
  db
    .selectFrom('lessonProgress')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('doneOn', 'desc')
    .orderBy('lessonId')
    .execute()

/** How many were kept. */
export async function deleteProgress(db: Db, residentId: string): Promise<number> {
  const gone = await db
    .deleteFrom('lessonProgress')
    .where('residentId', '=', residentId)
    .returning('lessonId')
    .execute()
  return gone.length
}
