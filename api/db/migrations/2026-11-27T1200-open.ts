import { type Kysely, sql } from 'kysely'

/** The point that the public may know of a case: of a private place the nearest of a fixed grid of about 100 m. */
const publicOf = (column: 'lng' | 'lat') =>
  `case when is_private_place then round(${column}::numeric, 3)::float8 else ${column} end`
const cellOf = (column: 'lng' | 'lat') => `floor((${publicOf(column)}) * 100)::integer`

/** Frozen: what outsiders read of incidents, keys of Open311 partners, marks of the purge. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`
    alter table incident
      add column public_lng double precision generated always as (${publicOf('lng')}) stored,
      add column public_lat double precision generated always as (${publicOf('lat')}) stored,
      add column geocell integer generated always as (${cellOf('lat')} * 100000 + ${cellOf('lng')}) stored,
      add column purged_at timestamptz(3)`)
    .execute(db)
  await sql`
    create table open311_key (
      id uuid primary key,
      name text not null unique,
      secret_hash text not null unique,
      rights text[] not null,
      requests_per_minute integer not null check (requests_per_minute > 0),
      created_at timestamptz(3) not null,
      last_used_at timestamptz(3),
      revoked_at timestamptz(3)
    )`.execute(db)
  await sql`
    create table open311_request (
      key_id uuid not null references open311_key (id),
      incident_id uuid not null unique references incident (id),
      reference text,
      body_hash text not null,
      created_at timestamptz(3) not null,
      primary key (key_id, incident_id)
    )`.execute(db)
  await sql`create unique index open311_request_reference on open311_request (key_id, reference)
    where reference is not null`.execute(db)
  await sql`
    create table open311_update (
      key_id uuid not null references open311_key (id),
      reference text not null,
      activity_id uuid not null,
      body_hash text not null,
      created_at timestamptz(3) not null,
      primary key (key_id, reference)
    )`.execute(db)
  for (const index of INDEXES) await sql.raw(index).execute(db)
}

const IS_OPEN = "state not in ('closed', 'refused', 'duplicate', 'withdrawn')"

const INDEXES = [
  'drop index incident_place',
  // Map windows, and how many cases each cell holds, without touching the table.
  'create index incident_geocell on incident (geocell, id desc) include (state, due_date)',
  'create index incident_created on incident (created_at, id)',
  'create index incident_activity_public on incident_activity (at, id) where is_public',
  'create index incident_purge on incident (closed_at) where purged_at is null and closed_at is not null',
  // Counts of a desk over tens of thousands of open cases, read from the index alone.
  `create index incident_desk on incident (unit_code, agency_code, state, urgency, due_date, assignee_id)
    where ${IS_OPEN}`,
]
