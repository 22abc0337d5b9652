import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // What everybody but officials of the case sees of a photo: keys, hash, type, covered parts, time.
  'alter table media add column redacted jsonb',
  // Objects of the storage that no row names any more.
  'create table media_leftover (storage_key text primary key)',
] as const

/** Frozen: photos with parts that were covered by hand. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
