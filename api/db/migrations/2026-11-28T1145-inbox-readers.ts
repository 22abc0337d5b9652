import { type Kysely, sql } from 'kysely'

/** Frozen: who of a dispatch opened it is counted without looking at the others. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create index inbox_item_readers on inbox_item (dispatch_id)
    where dispatch_id is not null and read_at is not null`.execute(db)
}
