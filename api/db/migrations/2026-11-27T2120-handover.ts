import { type Kysely, sql } from 'kysely'

/** Frozen: chats that wait for a person of the office, or have one. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table handover (
      id uuid primary key,
      conversation_id uuid not null references conversation (id),
      state text not null check (state in ('waiting', 'held', 'ended')),
      opened_at timestamptz(3) not null,
      answer_by timestamptz(3) not null,
      taken_by uuid references official (id),
      taken_at timestamptz(3),
      ended_at timestamptz(3),
      end_reason text
    )`.execute(db)
  await sql`
    create unique index handover_live on handover (conversation_id)
    where state <> 'ended'`.execute(db)
  await sql`create index handover_due on handover (answer_by) where state <> 'ended'`.execute(db)
}
