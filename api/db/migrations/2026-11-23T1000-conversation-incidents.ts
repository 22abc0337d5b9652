import { type Kysely, sql } from 'kysely'

/** Frozen: conversations, outbox, events, audit, media, incidents. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table conversation (
      id uuid primary key,
      channel text not null,
      chat_key text not null,
      resident_id uuid references resident (id),
      language text not null check (language in ('vi', 'en')),
      state jsonb,
      turn integer not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      unique (channel, chat_key)
    )`.execute(db)

  await sql`
    create table inbound_event (
      channel text not null,
      event_id text not null,
      body_hash text not null,
      body jsonb,
      conversation_id uuid references conversation (id),
      state text not null check (state in ('processed', 'failed', 'quarantined')),
      crashes integer not null,
      answer jsonb,
      received_at timestamptz(3) not null,
      primary key (channel, event_id)
    )`.execute(db)
  await sql`create index inbound_event_purge on inbound_event (received_at) where body is not null`.execute(
    db,
  )

  await sql`
    create table outbox (
      id uuid primary key,
      channel text not null,
      chat_key text not null,
      lane text not null check (lane in ('reply', 'alert', 'notice')),
      dedupe_key text not null unique,
      message jsonb not null,
      language text not null check (language in ('vi', 'en')),
      state text not null check (state in ('queued', 'sent', 'gone', 'rejected', 'expired')),
      calls_done integer not null default 0,
      attempts integer not null default 0,
      run_at timestamptz(3) not null,
      expires_at timestamptz(3),
      lease_until timestamptz(3),
      fence integer not null default 0,
      maybe_doubled boolean not null default false,
      error_code text,
      created_at timestamptz(3) not null,
      settled_at timestamptz(3)
    )`.execute(db)
  await sql`create index outbox_due on outbox (lane, run_at, id) where state = 'queued'`.execute(db)
  await sql`create index outbox_chat on outbox (channel, chat_key, id)`.execute(db)

  await sql`
    create table domain_event (
      seq bigint generated always as identity primary key,
      xid xid8 not null default pg_current_xact_id(),
      id uuid not null unique,
      kind text not null,
      subject_id text not null,
      data jsonb not null,
      at timestamptz(3) not null
    )`.execute(db)
  await sql`create index domain_event_order on domain_event (xid, seq)`.execute(db)
  await sql`
    create table event_cursor (
      consumer text primary key,
      xid xid8 not null,
      seq bigint not null
    )`.execute(db)

  await sql`
    create table audit (
      seq bigint generated always as identity primary key,
      xid xid8 not null default pg_current_xact_id(),
      id uuid not null unique,
      at timestamptz(3) not null,
      actor_kind text not null,
      actor_id text,
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      fields text[] not null,
      data jsonb not null,
      request_id text not null
    )`.execute(db)
  await sql`create index audit_subject on audit (subject_kind, subject_id, seq)`.execute(db)
  await sql`
    create table audit_seal (
      n bigint generated always as identity primary key,
      from_seq bigint not null,
      to_seq bigint not null,
      rows integer not null,
      previous_hash text not null,
      hash text not null,
      sealed_at timestamptz(3) not null
    )`.execute(db)

  await sql`
    create table media (
      id uuid primary key,
      owner_kind text not null check (owner_kind in ('conversation', 'resident', 'official', 'anonymous')),
      owner_id text not null,
      state text not null check (state in ('ready', 'gone')),
      content_type text not null,
      bytes integer not null,
      width_px integer not null,
      height_px integer not null,
      sha256 text not null,
      storage_key text not null,
      thumb_key text,
      taken_at timestamptz(3),
      taken_lng double precision,
      taken_lat double precision,
      published_at timestamptz(3),
      attached_to text,
      created_at timestamptz(3) not null
    )`.execute(db)
  await sql`create index media_orphan on media (created_at) where attached_to is null and state = 'ready'`.execute(
    db,
  )

  await sql`
    create table incident (
      id uuid primary key,
      public_code text not null unique,
      state text not null check (state in ('received', 'accepted', 'refused', 'duplicate', 'needs_info', 'withdrawn',
        'assigned', 'in_progress', 'extension_requested', 'answer_proposed', 'answered', 'reopened', 'closed')),
      category text not null,
      urgency text not null check (urgency in ('normal', 'urgent')),
      description text not null check (char_length(description) <= 4000),
      lng double precision,
      lat double precision,
      place_source text not null check (place_source in ('pin', 'photo', 'name', 'hamlet')),
      place_text text not null,
      unit_code text,
      hamlet_id uuid references area_hamlet (id),
      is_private_place boolean not null,
      channel text not null,
      reporter_id uuid references resident (id),
      secret_hash text,
      hides_identity boolean not null,
      agency_code text references area_agency (code),
      assignee_id uuid references official (id),
      due_date date,
      reason_code text,
      duplicate_of_id uuid references incident (id),
      answer_text text,
      rating integer check (rating between 1 and 5),
      accepted_at timestamptz(3),
      answered_at timestamptz(3),
      closed_at timestamptz(3),
      version integer not null default 1,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null
    )`.execute(db)
  await sql`
    create index incident_open on incident (unit_code, urgency desc, due_date, id)
    where state not in ('closed', 'refused', 'duplicate', 'withdrawn')`.execute(db)
  await sql`create index incident_place on incident (lng, lat) where lng is not null`.execute(db)
  await sql`create index incident_reporter on incident (reporter_id, id) where reporter_id is not null`.execute(
    db,
  )

  await sql`
    create table incident_media (
      incident_id uuid not null references incident (id),
      media_id uuid not null references media (id),
      role text not null check (role in ('report', 'proof')),
      position integer not null,
      primary key (incident_id, media_id)
    )`.execute(db)

  await sql`
    create table incident_activity (
      id uuid primary key,
      incident_id uuid not null references incident (id),
      at timestamptz(3) not null,
      actor_kind text not null,
      actor_id text,
      kind text not null,
      from_state text,
      to_state text,
      is_public boolean not null,
      data jsonb not null
    )`.execute(db)
  await sql`create index incident_activity_incident on incident_activity (incident_id, id)`.execute(
    db,
  )

  await sql`
    create table incident_route (
      id uuid primary key,
      category text not null,
      unit_code text,
      agency_code text not null references area_agency (code),
      due_in_working_days integer not null check (due_in_working_days > 0)
    )`.execute(db)
  await sql`create unique index incident_route_key on incident_route (category, coalesce(unit_code, ''))`.execute(
    db,
  )

  for (const index of INDEXES) await sql.raw(index).execute(db)
}

const IS_OPEN = "state not in ('closed', 'refused', 'duplicate', 'withdrawn')"

/** Measured with 200,000 incidents and 300,000 outbox rows: each query named here was a sequential scan without it. */
const INDEXES = [
  // Claims and expiry while a backlog waits.
  `create index outbox_lease on outbox (lease_until) where state = 'queued' and lease_until is not null`,
  `create index outbox_expiry on outbox (expires_at) where state = 'queued' and expires_at is not null`,
  // Work lists: an officer's agency and own cases, the city desk.
  `create index incident_agency on incident (agency_code, urgency desc, due_date, id)
    where ${IS_OPEN} and agency_code is not null`,
  `create index incident_assignee on incident (assignee_id, urgency desc, due_date, id)
    where ${IS_OPEN} and assignee_id is not null`,
  `create index incident_open_all on incident (urgency desc, due_date, id) where ${IS_OPEN}`,
  // Public lists.
  'create index incident_unit on incident (unit_code, id)',
  'create index incident_category on incident (category, id)',
  // Hourly jobs.
  `create index incident_answered on incident (answered_at) where state = 'answered'`,
  `create index incident_needs_info on incident (updated_at) where state = 'needs_info'`,
  `create index media_gone on media (id) where state = 'gone' and storage_key <> ''`,
]
