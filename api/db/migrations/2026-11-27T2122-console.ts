import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // Numbers: whether a case was ever reopened; search in the audit.
  `create index incident_activity_reopened on incident_activity (incident_id) where kind = 'reopen'`,
  'create index audit_action on audit (action, seq)',
  'create index audit_actor on audit (actor_id, seq) where actor_id is not null',
  `create table area_population (
    unit_code text primary key,
    residents integer not null check (residents > 0),
    as_of date not null,
    source text not null
  )`,
] as const

/** Frozen: residents of units, and indexes of the officials' console. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
