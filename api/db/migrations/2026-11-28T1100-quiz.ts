import { type Kysely, sql } from 'kysely'

/** Frozen: several questions a lesson, each explained; what residents agreed to have kept of what they learned. */
export async function up(db: Kysely<never>): Promise<void> {
  // As shipped and never edited: the next start brings it with its new questions.
  await sql`
    delete from lesson_version
    where version = 1 and state = 'published' and author_id is null and published_by is null`.execute(
    db,
  )
  await sql`
    update lesson_version set lesson = (lesson - 'question') || jsonb_build_object('questions',
      jsonb_build_array((lesson -> 'question') || jsonb_build_object('why', lesson -> 'warning')))
    where lesson ? 'question'`.execute(db)
  await sql`
    create table lesson_progress (
      resident_id uuid not null references resident (id),
      lesson_id text not null,
      "right" integer not null check ("right" >= 0),
      asked integer not null check (asked between 1 and 5),
      done_on date not null,
      primary key (resident_id, lesson_id),
      check ("right" <= asked)
    )`.execute(db)
}
