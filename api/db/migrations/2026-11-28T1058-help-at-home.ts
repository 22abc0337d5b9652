import { type Kysely, sql } from 'kysely'

/** Frozen: requests for help at home, to the community digital team. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table help_request (
      id uuid primary key,
      unit_code text not null,
      hamlet_id uuid not null references area_hamlet (id),
      lesson_id text,
      for_whom text not null check (for_whom in ('self', 'relative')),
      preferred text not null check (preferred in ('any', 'morning', 'afternoon', 'evening', 'weekend')),
      resident_id uuid,
      channel text,
      place text,
      phone text,
      code text,
      state text not null check (state in ('open', 'taken', 'done', 'cannot', 'cancelled')),
      taken_by uuid references official (id),
      reason text,
      version integer not null default 1,
      created_at timestamptz(3) not null,
      taken_at timestamptz(3),
      ended_at timestamptz(3),
      check (state not in ('taken', 'done') or taken_by is not null),
      check (state <> 'open' or taken_by is null),
      check ((state = 'cannot') = (reason is not null)),
      check ((state in ('done', 'cannot', 'cancelled')) = (ended_at is not null))
    )`.execute(db)
  await sql`create index help_request_unit on help_request (unit_code, created_at)`.execute(db)
  await sql`create index help_request_resident on help_request (resident_id) where resident_id is not null`.execute(
    db,
  )
}
