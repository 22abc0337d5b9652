import { type Kysely, sql } from 'kysely'

/** Frozen: the mirror of dossiers with its sources and followers, procedures, appointments at the desk. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table dossier_rule (
      version integer generated always as identity primary key,
      hash text not null unique,
      rule jsonb not null,
      created_at timestamptz(3) not null
    )`.execute(db)
  await sql`
    create table dossier_source (
      name text primary key,
      unit_code text,
      agency_name text not null,
      mapping jsonb not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null
    )`.execute(db)
  await sql`
    create table dossier_key (
      id uuid primary key,
      source text not null references dossier_source (name),
      secret_hash text not null unique,
      created_at timestamptz(3) not null,
      last_used_at timestamptz(3),
      revoked_at timestamptz(3)
    )`.execute(db)
  await sql`
    create table dossier_import (
      id uuid primary key,
      source text not null references dossier_source (name),
      kind text not null check (kind in ('file', 'push', 'pull')),
      outcome text not null check (outcome in ('done', 'refused')),
      read_rows integer not null,
      added integer not null,
      changed integer not null,
      unchanged integer not null,
      issues jsonb not null,
      cursor text,
      at timestamptz(3) not null
    )`.execute(db)
  await sql`create index dossier_import_source on dossier_import (source, id desc)`.execute(db)

  await sql`
    create table dossier (
      id uuid primary key,
      code text not null unique,
      unit_code text,
      agency_name text not null,
      procedure_code text,
      procedure_name text not null,
      field text,
      state smallint not null check (state between 1 and 10),
      state_at timestamptz(3) not null,
      steps jsonb not null,
      received_at timestamptz(3),
      due_at timestamptz(3),
      new_due_at timestamptz(3),
      late_reason text,
      missing_papers jsonb not null,
      fee_vnd bigint check (fee_vnd >= 0),
      is_fee_paid boolean,
      result_place text,
      applicant_masked text not null,
      phone_hash text,
      id_hash text,
      rule_version integer not null references dossier_rule (version),
      outcome text not null check (outcome in ('open', 'on_time', 'overdue', 'unknown')),
      ended_at timestamptz(3),
      source text not null references dossier_source (name),
      as_of timestamptz(3) not null,
      version integer not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null
    )`.execute(db)
  // Open is what the desk still has in hand; the end of the national index may lie before it (papers were asked for).
  await sql`
    create index dossier_open_due on dossier (unit_code, due_at)
    where state not in (3, 7, 8, 9, 10)`.execute(db)
  await sql`
    create index dossier_open_still on dossier (unit_code, state_at)
    where state not in (3, 7, 8, 9, 10)`.execute(db)
  await sql`
    create index dossier_ended on dossier (unit_code, ended_at) where ended_at is not null`.execute(
    db,
  )

  await sql`
    create table dossier_follow (
      id uuid primary key,
      dossier_id uuid not null references dossier (id),
      resident_id uuid not null references resident (id),
      -- 'full': proved the second factor, or was let in by somebody who had
      level text not null check (level in ('public', 'full')),
      delegated_by uuid references resident (id),
      told_version integer not null,
      reminded_for timestamptz(3),
      created_at timestamptz(3) not null,
      unique (dossier_id, resident_id)
    )`.execute(db)
  await sql`create index dossier_follow_resident on dossier_follow (resident_id)`.execute(db)
  await sql`
    create table dossier_delegation (
      code_hash text primary key,
      dossier_id uuid not null references dossier (id),
      from_resident_id uuid not null references resident (id),
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    )`.execute(db)

  await sql`
    create table procedure (
      code text primary key,
      name_vi text not null,
      name_en text not null,
      field_vi text not null,
      papers jsonb not null,
      working_days integer check (working_days >= 0),
      time_vi text not null,
      fee_vi text not null,
      place_vi text not null,
      is_online boolean not null,
      forms jsonb not null,
      life_events text[] not null,
      keywords text[] not null,
      source text not null,
      source_date date not null,
      is_illustration boolean not null,
      updated_at timestamptz(3) not null
    )`.execute(db)

  await sql`
    create table appointment_desk (
      office_id uuid primary key references area_office (id),
      slot_minutes integer not null check (slot_minutes between 5 and 240),
      seats integer not null check (seats between 1 and 50),
      days_ahead integer not null check (days_ahead between 1 and 60),
      updated_at timestamptz(3) not null
    )`.execute(db)
  await sql`
    create table appointment (
      id uuid primary key,
      code text not null unique,
      office_id uuid not null references appointment_desk (office_id),
      day date not null,
      slot_at timestamptz(3) not null,
      seat integer not null check (seat >= 1),
      queue_number integer not null check (queue_number >= 1),
      resident_id uuid not null references resident (id),
      procedure_code text references procedure (code),
      state text not null check (state in ('booked', 'arrived', 'served', 'missed', 'cancelled')),
      reminded_at timestamptz(3),
      version integer not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      unique (office_id, day, queue_number)
    )`.execute(db)
  await sql`
    create unique index appointment_seat on appointment (office_id, slot_at, seat)
    where state <> 'cancelled'`.execute(db)
  await sql`
    create unique index appointment_once_a_day on appointment (resident_id, office_id, day)
    where state = 'booked'`.execute(db)
  await sql`create index appointment_waiting on appointment (slot_at) where state = 'booked'`.execute(
    db,
  )
}
