import { type Kysely, sql } from 'kysely'

/** Frozen: rows of a back office that could not be read, without what stood in them, until they come readable. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table dossier_aside (
      source text not null references dossier_source (name),
      key text not null,
      code text,
      issues jsonb not null,
      first_at timestamptz(3) not null,
      last_at timestamptz(3) not null,
      primary key (source, key)
    )`.execute(db)
}
