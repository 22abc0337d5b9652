import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // What everybody but officials of the case sees of a photo: keys, hash, type, covered parts, time.
  'alter table media add column redacted jsonb',
  // Objects of the storage that no row names any more.
  'create table media_leftover (storage_key text primary key)',
  // Answers to begin with; names in braces stand for facts of the case.
  `create table answer_template (
    id uuid primary key,
    name text not null,
    category text,
    body text not null
  )`,
] as const

/** Frozen: photos with parts that were covered by hand, templates of answers. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
