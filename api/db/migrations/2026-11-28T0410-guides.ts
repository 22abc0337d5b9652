import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table lesson_version (
    lesson_id text not null,
    version integer not null check (version > 0),
    state text not null check (state in ('draft', 'published', 'replaced')),
    position integer not null,
    lesson jsonb not null,
    reviewed_on date,
    author_id uuid references official (id),
    published_by uuid references official (id),
    saved_at timestamptz(3) not null,
    published_at timestamptz(3),
    primary key (lesson_id, version),
    check (state = 'draft' or reviewed_on is not null)
  )`,
  `create unique index lesson_draft on lesson_version (lesson_id) where state = 'draft'`,
  `create unique index lesson_published on lesson_version (lesson_id) where state = 'published'`,
] as const

/** Frozen: lessons and their versions. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
