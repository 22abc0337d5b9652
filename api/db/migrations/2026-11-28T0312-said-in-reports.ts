import { type Kysely, sql } from 'kysely'

/** Frozen: what a report says of the water and of the time, as read in its words when it came. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    alter table incident
      add column depth_cm integer check (depth_cm > 0),
      add column time_words text check (length(time_words) <= 120),
      add column began_on date`.execute(db)
}
