import { type Kysely, sql } from 'kysely'

/** Frozen: back offices that are asked for what changed; how far a pull has come stands with its import. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table dossier_pull (
      source text primary key references dossier_source (name),
      url text not null,
      sealed_key text,
      next_at timestamptz(3) not null,
      checked_at timestamptz(3),
      ok_at timestamptz(3),
      failures integer not null default 0,
      problem text
    )`.execute(db)
}
