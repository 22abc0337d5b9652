import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // What officials are told of in their own chats; what is older than this stays where it is.
  'alter table incident_attention add column told_at timestamptz(3)',
  'update incident_attention set told_at = at',
  'create index incident_attention_untold on incident_attention (at) where told_at is null and cleared_at is null',
  // Open cases of a category around a point, however many have ended there.
  `create index incident_similar on incident (category, geocell, created_at)
    where state in ('accepted', 'assigned', 'in_progress', 'extension_requested', 'answer_proposed', 'reopened')`,
] as const

/** Frozen: reminders in the chats of officials, and an index of what is open at a place. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
