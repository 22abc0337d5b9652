import { type Kysely, sql } from 'kysely'

/** Frozen: photos that partners name by an address, until they lie with us or cannot be had. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table open311_photo (
      incident_id uuid not null references incident (id),
      url text not null,
      state text not null check (state in ('waiting', 'done', 'failed')),
      tries integer not null default 0,
      next_try_at timestamptz(3) not null,
      created_at timestamptz(3) not null,
      primary key (incident_id, url)
    )`.execute(db)
  await sql`create index open311_photo_waiting on open311_photo (next_try_at) where state = 'waiting'`.execute(
    db,
  )
}
