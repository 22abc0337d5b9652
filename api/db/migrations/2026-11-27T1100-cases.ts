import { type Kysely, sql } from 'kysely'

const IS_OPEN = "state not in ('closed', 'refused', 'duplicate', 'withdrawn')"

const STATEMENTS = [
  `alter table incident
    add column kind text,
    add column taken_by_id uuid references official (id),
    add column external_source text,
    add column external_ref text,
    add column due_basis jsonb,
    add column escalation_step integer not null default 0,
    add constraint incident_external_whole check ((external_source is null) = (external_ref is null))`,
  'alter table incident drop constraint incident_place_source_check',
  `alter table incident add constraint incident_place_source_check
    check (place_source in ('pin', 'photo', 'name', 'hamlet', 'address'))`,
  'create unique index incident_external on incident (external_source, external_ref) where external_ref is not null',
  // Similar and earlier cases: by point, by hamlet, by unit.
  'create index incident_near on incident (category, lng, lat) where lng is not null',
  'create index incident_same_hamlet on incident (hamlet_id, category, id) where hamlet_id is not null',
  'create index incident_same_unit on incident (unit_code, category, id)',
  // Hourly jobs.
  `create index incident_due on incident (escalation_step, due_date) where ${IS_OPEN}`,
  `create index incident_closed on incident (closed_at) where state = 'closed'`,

  'alter table incident_route add column kind text',
  'drop index incident_route_key',
  `create unique index incident_route_key
    on incident_route (category, coalesce(kind, ''), coalesce(unit_code, ''))`,

  `create table incident_follow (
    incident_id uuid not null references incident (id),
    resident_id uuid not null references resident (id),
    since timestamptz(3) not null,
    primary key (incident_id, resident_id)
  )`,
  'create index incident_follow_resident on incident_follow (resident_id)',
  `create table incident_repeat (
    incident_id uuid not null references incident (id),
    earlier_id uuid not null references incident (id),
    primary key (incident_id, earlier_id)
  )`,
  'create index incident_repeat_earlier on incident_repeat (earlier_id)',
  `create table incident_attention (
    id uuid primary key,
    incident_id uuid not null references incident (id),
    kind text not null,
    recipient text not null check (recipient in ('officer', 'dispatcher', 'approver')),
    key text not null unique,
    at timestamptz(3) not null,
    cleared_at timestamptz(3)
  )`,
  'create index incident_attention_open on incident_attention (incident_id) where cleared_at is null',
  'create index incident_attention_new on incident_attention (id) where cleared_at is null',
  `create table incident_ladder (
    valid_from date not null,
    step integer not null check (step > 0),
    after_working_days integer not null,
    recipient text not null check (recipient in ('officer', 'dispatcher', 'approver')),
    primary key (valid_from, step)
  )`,
  `create table incident_satisfaction (
    incident_id uuid primary key references incident (id),
    unit_code text,
    agency_code text,
    asked_at timestamptz(3) not null,
    answered_at timestamptz(3),
    score integer check (score between 1 and 5),
    check ((answered_at is null) = (score is null))
  )`,
  `create index incident_satisfaction_answered
    on incident_satisfaction (unit_code, agency_code, answered_at) where score is not null`,
] as const

/** Frozen: finer kinds, on behalf of, outside numbers, followers, repeats, the ladder, the question after closing. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
