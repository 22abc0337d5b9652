import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // The newest cases of a square, told apart by place and state from the index alone.
  'create index incident_square on incident (geocell, id desc) include (state, public_lng, public_lat)',
  'drop index incident_geocell',
] as const

/** Frozen: what is near a point, without reading what is old there. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
