import { type Kysely, sql } from 'kysely'

/** Frozen: of whom, and of which day, the list is that a known fraud came with. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    alter table scam_subject
      add column source text,
      add column source_on date,
      add check ((source is null) = (source_on is null))`.execute(db)
}
