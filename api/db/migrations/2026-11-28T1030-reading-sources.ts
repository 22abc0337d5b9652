import { type Kysely, sql } from 'kysely'

/** Frozen: how the sources stand that are asked for readings; the table before it was never written. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`drop table reading_feed`.execute(db)
  await sql`
    create table reading_source (
      url text primary key,
      next_at timestamptz(3) not null,
      checked_at timestamptz(3),
      ok_at timestamptz(3),
      failures integer not null default 0,
      problem text,
      version text
    )`.execute(db)
}
