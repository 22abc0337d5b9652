import { type Kysely, sql } from 'kysely'

/** Frozen: what the community digital team held, in counts. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table team_activity (
      id uuid primary key,
      unit_code text not null,
      hamlet_id uuid references area_hamlet (id),
      kind text not null check (kind in ('session', 'visit', 'training')),
      task text not null check (task in ('install', 'protect', 'teach', 'spread', 'gather')),
      lesson_id text,
      held_on date not null,
      people integer not null check (people between 1 and 500),
      sheets integer not null check (sheets between 0 and 5000),
      official_id uuid not null references official (id),
      created_at timestamptz(3) not null,
      check ((kind = 'training') = (hamlet_id is null))
    )`.execute(db)
  await sql`create index team_activity_unit on team_activity (unit_code, held_on desc)`.execute(db)
}
