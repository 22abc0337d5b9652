import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // Events that a platform was told to be taken up, and whose turn is still to come.
  `create table inbound_waiting (
    id bigint generated always as identity primary key,
    channel text not null,
    event_id text not null,
    chat_key text not null,
    body text not null,
    tries integer not null default 0,
    run_at timestamptz,
    received_at timestamptz not null,
    unique (event_id, channel)
  )`,
  'create index inbound_waiting_chat on inbound_waiting (chat_key, id)',
] as const

/** Frozen: a platform that waits only seconds has its answer before the turn is taken. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
