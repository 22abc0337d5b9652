import { type Kysely, sql } from 'kysely'

/** Frozen: how deep the water stands where somebody calls for rescue, about. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table sos_case add column depth_cm integer check (depth_cm > 0)`.execute(db)
}
