import { type Kysely, sql } from 'kysely'

/**
 * Frozen: a slot is the right to one call of a channel; it is free again one window after its call was answered.
 * Microseconds count: a rounded time could free a slot early.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table channel_slot (
      channel text not null,
      n integer not null,
      free_at timestamptz not null,
      uses integer not null default 0,
      primary key (channel, n)
    ) with (fillfactor = 50)`.execute(db)
}
