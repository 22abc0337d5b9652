import { type Kysely, sql } from 'kysely'

/** Frozen: when a person was told, in a chat, that an item had waited for them in the inbox alone. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table inbox_item add column noted_at timestamptz`.execute(db)
  await sql`
    create index inbox_item_unsent on inbox_item (resident_id)
    where outbox_id is null and read_at is null and noted_at is null`.execute(db)
}
