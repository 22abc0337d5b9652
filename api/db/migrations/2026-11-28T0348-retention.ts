import { type Kysely, sql } from 'kysely'

/** Frozen: how long something is kept, where an installation dates another term than what ships. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table retention_term (
      kept text not null,
      valid_from date not null,
      days integer not null check (days > 0),
      primary key (kept, valid_from)
    )`.execute(db)
}
