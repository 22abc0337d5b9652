import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'

export type Misread = {
  words: string
  language: 'vi' | 'en'
  guess: string
  confidence: number
}

/**
 * Counts the same words up, or keeps new ones while fewer than `most` are open. Two chats at once may both find room:
 * the bound is meant for floods, not for the last row.
 */
export async function insertMisread(
  db: Db,
  { id, words, language, guess, confidence }: Misread & { id: string },
  today: LocalDate,
  most: number,
): Promise<void> {
  await sql`
    insert into misread (id, words, language, guess, confidence, first_on, last_on)
    select ${id}::uuid, ${words}, ${language}, ${guess}, ${confidence}::real, ${today}::date, ${today}::date
    where (select count(*) from misread where settled_at is null) < ${most}
      or exists (select 1 from misread where words = ${words})
    on conflict (words) do update set times = misread.times + 1, last_on = excluded.last_on`.execute(
    db,
  )
}

const columns = [
  'id',
  'words',
  'language',
  'guess',
  'confidence',
  'times',
  'lastOn',
  'intent',
  'category',
] as const

/** Open ones, those that many people write first. */
export const listOpen = (db: Db, limit: number) =>
  db
    .selectFrom('misread')
    .select(columns)
    .where('settledAt', 'is', null)
    .orderBy('times', 'desc')
    .orderBy('lastOn', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Explained ones, the newest first; not those put aside. */
export const listExplained = (db: Db, limit: number) =>
  db
    .selectFrom('misread')
    .select(columns)
    .where('intent', 'is not', null)
    .orderBy('settledAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

export const countOpen = async (db: Db): Promise<number> => {
  const row = await db
    .selectFrom('misread')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Whether there is such a message; an earlier explanation is replaced. */
export async function settle(
  db: Db,
  id: string,
  label: { intent: string | null; category: string | null },
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('misread')
    .set({ ...label, settledAt: at })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deleteMisread(
  db: Db,
  before: { open: LocalDate; explained: LocalDate },
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('misread')
    .where(({ or, and, eb }) =>
      or([
        and([eb('intent', 'is', null), eb('lastOn', '<', before.open)]),
        eb('lastOn', '<', before.explained),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}
