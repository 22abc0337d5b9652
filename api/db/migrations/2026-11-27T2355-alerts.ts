import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table alert (
    id uuid primary key,
    thread_id uuid not null,
    previous_id uuid references alert (id),
    superseded_by uuid references alert (id),
    message_type text not null check (message_type in ('alert', 'update', 'all_clear', 'cancel')),
    state text not null check (state in ('draft', 'proposed', 'issued', 'dropped')),
    version integer not null default 1,
    unit_code text not null,
    kind text not null,
    level smallint not null check (level between 1 and 4),
    station_code text,
    headline_vi text not null,
    headline_en text,
    body_vi text not null default '',
    body_en text,
    instruction_vi text not null default '',
    instruction_en text,
    issuer text,
    signer text,
    document_no text,
    area jsonb not null,
    onset_at timestamptz(3),
    expires_at timestamptz(3) not null,
    author_id uuid references official (id),
    approved_by uuid references official (id),
    issued_at timestamptz(3),
    dispatch_id uuid,
    dispatch_started_at timestamptz(3),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  )`,
  // One message follows another: two officials cannot both update the same one.
  `create unique index alert_successor on alert (previous_id) where state = 'issued'`,
  `create index alert_head on alert (expires_at) where state = 'issued' and superseded_by is null`,
  `create index alert_history on alert (issued_at desc, id) where state = 'issued'`,
  `create index alert_open on alert (unit_code) where state in ('draft', 'proposed')`,
  `create index alert_of_station on alert (station_code) where station_code is not null`,
  `create index alert_unsent on alert (issued_at)
    where dispatch_id is not null and dispatch_started_at is null`,
  `create table alert_station (
    station_code text primary key,
    is_automatic boolean not null,
    changed_at timestamptz(3) not null
  )`,
] as const

/** Frozen: warnings and what is told of a river by itself. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
