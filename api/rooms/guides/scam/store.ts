import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Kept, Kind } from './policy/decide.ts'
import type { Subject } from './policy/subjects.ts'

type Key = { kind: Kind; subject: string }

/** The host itself and all that it stands under, so that a listed domain covers its parts. */
const upward = (host: string): string[] =>
  host.split('.').map((_, i, labels) => labels.slice(i).join('.'))

/** What officials decided of these subjects. */
export async function findKept(db: Db, subjects: readonly Subject[]): Promise<Kept[]> {
  const wanted = subjects.flatMap(({ kind, subject }) =>
    kind === 'domain' ? upward(subject) : [subject],
  )
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('scamSubject')
    .select(['kind', 'subject', 'state'])
    .where('subject', 'in', wanted)
    .where('state', 'in', ['known_scam', 'official'])
    .execute()
  return rows as Kept[]
}

/** Counts a report up, or keeps a new subject while fewer than `most` wait: a flood fills no disk. */
export async function countReport(
  db: Db,
  {
    id,
    kind,
    subject,
    at,
    today,
    most,
  }: Key & { id: string; at: Date; today: LocalDate; most: number },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into scam_subject (id, kind, subject, state, times, first_on, last_on, created_at)
    select ${id}::uuid, ${kind}, ${subject}, 'reported', 1, ${today}::date, ${today}::date, ${at.toISOString()}::timestamptz
    where (select count(*) from scam_subject where state = 'reported') < ${most}
      or exists (select 1 from scam_subject where kind = ${kind} and subject = ${subject})
    on conflict (kind, subject) do update
      set times = scam_subject.times + 1, last_on = excluded.last_on
    returning id`.execute(db)
  return rows[0]?.id
}

/** Puts a subject on a list, whether anybody reported it or not. */
export const saveListing = (
  db: Db,
  {
    id,
    kind,
    subject,
    state,
    at,
    today,
  }: Key & { id: string; state: Kept['state']; at: Date; today: LocalDate },
) =>
  db
    .insertInto('scamSubject')
    .values({
      id,
      kind,
      subject,
      state,
      firstOn: today,
      lastOn: today,
      decidedAt: at,
      createdAt: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).doUpdateSet((eb) => ({
        state,
        decidedAt: at,
        noticeWantedAt: null,
        version: eb('scamSubject.version', '+', 1),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()

type Imported = Key & {
  id: string
  source: string
  sourceOn: LocalDate
  at: Date
  today: LocalDate
}

/** False when it was known already, or officials here decided otherwise. */
export async function saveImported(
  db: Db,
  { id, kind, subject, source, sourceOn, at, today }: Imported,
): Promise<boolean> {
  const saved = await db
    .insertInto('scamSubject')
    .values({
      ...{ id, kind, subject, source, sourceOn, state: 'known_scam' },
      ...{ firstOn: today, lastOn: today, decidedAt: at, createdAt: at },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'subject'])
        .doUpdateSet((eb) => ({
          ...{ state: 'known_scam' as const, source, sourceOn, decidedAt: at },
          version: eb('scamSubject.version', '+', 1),
        }))
        .where('scamSubject.state', '=', 'reported'),
    )
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

export const listSubjects = (
  db: Db,
  state: 'reported' | 'known_scam' | 'official' | 'dropped',
  limit: number,
) =>
  db
    .selectFrom('scamSubject')
    .selectAll()
    .where('state', '=', state)
    .orderBy('times', 'desc')
    .orderBy('lastOn', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

export type ScamRow = NonNullable<Awaited<ReturnType<typeof lockSubject>>>

export const lockSubject = (db: Db, id: string) =>
  db.selectFrom('scamSubject').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function updateSubject(
  db: Db,
  id: string,
  change: { state: ScamRow['state']; decidedAt: Date; noticeWantedAt: Date | null },
): Promise<void> {
  await db
    .updateTable('scamSubject')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Deletes what nobody decided on and nobody reported again, and what was put aside. */
export async function deleteOld(db: Db, before: LocalDate): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('scamSubject')
    .where('state', 'in', ['reported', 'dropped'])
    .where('lastOn', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
