import { type Kysely, sql } from 'kysely'

/** Frozen: one-time links from a chat to the page for long input. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table chat_form (
      id uuid primary key,
      conversation_id uuid not null references conversation (id) on delete cascade,
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    )`.execute(db)
  await sql`create index chat_form_expiry on chat_form (expires_at)`.execute(db)
}
