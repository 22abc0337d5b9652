import { type Kysely, sql } from 'kysely'

/** Frozen: of which step of a message in force officials were reminded; once each. `told`: how many people. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table alert_reminder (
      alert_id uuid not null references alert (id),
      step text not null check (step in ('unchanged', 'ending')),
      told integer not null check (told >= 0),
      told_at timestamptz not null,
      primary key (alert_id, step)
    )`.execute(db)
}
