import { type Kysely, sql } from 'kysely'

/**
 * Frozen: words of a case as everybody may read them, without marks, to search by. A table of their own, because filling
 * them is no change of the case.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table incident_words (
      incident_id uuid primary key references incident (id) on delete cascade,
      words text not null
    )`.execute(db)
  await sql`create index incident_words_words on incident_words using gin (to_tsvector('simple', words))`.execute(
    db,
  )
}
