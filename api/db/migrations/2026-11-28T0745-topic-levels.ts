import { type Kysely, sql } from 'kysely'

/** Frozen: from which level of a warning on a person wants a topic; 1: from the first. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    alter table subscription
      add column min_level smallint not null default 1 check (min_level between 1 and 4)`.execute(
    db,
  )
}
