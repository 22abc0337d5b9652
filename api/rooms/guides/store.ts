import { type Selectable, sql } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'
import { Lesson } from './schema.ts'

type Row = Selectable<Database['lessonVersion']>
export type LessonRow = Omit<Row, 'lesson'> & { lesson: Lesson }

const read = (row: Row): LessonRow => ({ ...row, lesson: Lesson.parse(row.lesson) })

/** What readers see, in the order in which it is offered. */
export async function listPublished(db: Db): Promise<LessonRow[]> {
  const rows = await db
    .selectFrom('lessonVersion')
    .selectAll()
    .where('state', '=', 'published')
    .orderBy('position')
    .orderBy('lessonId')
    .execute()
  return rows.map(read)
}

/** Names what is published now: another text, another name. */
export async function publishedVersion(db: Db): Promise<string> {
  const rows = await db
    .selectFrom('lessonVersion')
    .select(['lessonId', 'version', 'position'])
    .where('state', '=', 'published')
    .orderBy('lessonId')
    .execute()
  return rows.map(({ lessonId, version, position }) => `${lessonId} ${version} ${position}`).join()
}

export async function findPublished(db: Db, lessonId: string): Promise<LessonRow | undefined> {
  const row = await db
    .selectFrom('lessonVersion')
    .selectAll()
    .where('lessonId', '=', lessonId)
    .where('state', '=', 'published')
    .executeTakeFirst()
  return row && read(row)
}

/** All versions of a lesson, newest first; of every lesson without an id. */
export async function listVersions(db: Db, lessonId?: string): Promise<LessonRow[]> {
  const rows = await db
    .selectFrom('lessonVersion')
    .selectAll()
    .$if(lessonId !== undefined, (query) => query.where('lessonId', '=', lessonId ?? ''))
    .orderBy('position')
    .orderBy('lessonId')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(read)
}

/** As `listVersions`, locked until the transaction ends. */
export async function lockVersions(db: Db, lessonId: string): Promise<LessonRow[]> {
  const rows = await db
    .selectFrom('lessonVersion')
    .selectAll()
    .where('lessonId', '=', lessonId)
    .orderBy('version', 'desc')
    .forUpdate()
    .execute()
  return rows.map(read)
}

export async function nextPosition(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('lessonVersion')
    .select(sql<number>`coalesce(max(position), 0)`.as('last'))
    .executeTakeFirstOrThrow()
  return Number(last) + 1
}

type NewVersion = Omit<LessonRow, 'savedAt' | 'publishedAt'> & {
  savedAt: Date
  publishedAt: Date | null
}

/** False when this version is there already. */
export async function insertVersion(db: Db, row: NewVersion): Promise<boolean> {
  const inserted = await db
    .insertInto('lessonVersion')
    .values({ ...row, lesson: JSON.stringify(row.lesson) })
    .onConflict((oc) => oc.doNothing())
    .returning('version')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function saveDraftRow(
  db: Db,
  draft: { lessonId: string; version: number; lesson: Lesson; authorId: string; savedAt: Date },
): Promise<void> {
  const { lessonId, version, lesson, authorId, savedAt } = draft
  await db
    .updateTable('lessonVersion')
    .set({ lesson: JSON.stringify(lesson), authorId, savedAt })
    .where('lessonId', '=', lessonId)
    .where('version', '=', version)
    .execute()
}

/** The draft takes the place of what was shown. */
export async function publishRow(
  db: Db,
  to: { lessonId: string; version: number; publishedBy: string; at: Date; reviewedOn: string },
): Promise<void> {
  const { lessonId, version, publishedBy, at, reviewedOn } = to
  await db
    .updateTable('lessonVersion')
    .set({ state: 'replaced' })
    .where('lessonId', '=', lessonId)
    .where('state', '=', 'published')
    .execute()
  await db
    .updateTable('lessonVersion')
    .set({ state: 'published', publishedBy, publishedAt: at, reviewedOn })
    .where('lessonId', '=', lessonId)
    .where('version', '=', version)
    .execute()
}
