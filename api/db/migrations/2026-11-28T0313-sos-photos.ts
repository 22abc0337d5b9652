import { type Kysely, sql } from 'kysely'

/** Frozen: a photo of a call for rescue stands among what was said. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table sos_note add column media_id uuid references media (id)`.execute(db)
}
