import { type Kysely, sql } from 'kysely'

/** Frozen: people are called at the desk, and the number of a cancelled appointment is free again. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table appointment drop constraint appointment_state_check`.execute(db)
  await sql`
    alter table appointment add constraint appointment_state_check
    check (state in ('booked', 'arrived', 'called', 'served', 'missed', 'cancelled'))`.execute(db)
  await sql`alter table appointment add column called_at timestamptz(3)`.execute(db)
  await sql`
    alter table appointment drop constraint appointment_office_id_day_queue_number_key`.execute(db)
  await sql`
    create unique index appointment_queue on appointment (office_id, day, queue_number)
    where state <> 'cancelled'`.execute(db)
  await sql`create index appointment_resident on appointment (resident_id)`.execute(db)
}
