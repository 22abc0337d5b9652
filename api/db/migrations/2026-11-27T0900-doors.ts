import { type Kysely, sql } from 'kysely'

/** Frozen: what belongs to a person is found when they join chats or are erased. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index conversation_resident on conversation (resident_id) where resident_id is not null`.execute(
    db,
  )
  await sql`create index inbound_event_conversation on inbound_event (conversation_id) where body is not null`.execute(
    db,
  )
  await sql`create index media_owner on media (owner_kind, owner_id)`.execute(db)
}
