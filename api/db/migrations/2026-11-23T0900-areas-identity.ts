import { type Kysely, sql } from 'kysely'

/** Frozen: units' hamlets and boundaries, agencies, calendar; residents, officials, sessions, consent. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table area_hamlet (
      id uuid primary key,
      unit_code text not null,
      code text,
      name text not null,
      folded text not null,
      kind text not null check (kind in ('thon', 'to_dan_pho')),
      lng double precision,
      lat double precision,
      valid_from date not null,
      valid_to date,
      source text not null,
      unique (unit_code, name, valid_from)
    )`.execute(db)
  await sql`create index area_hamlet_folded on area_hamlet (folded)`.execute(db)

  await sql`
    create table area_boundary (
      id uuid primary key,
      level text not null check (level in ('unit', 'hamlet')),
      code text not null,
      west double precision not null,
      south double precision not null,
      east double precision not null,
      north double precision not null,
      polygons jsonb not null,
      source text not null,
      imported_at timestamptz(3) not null,
      unique (level, code)
    )`.execute(db)
  await sql`create index area_boundary_box on area_boundary (level, west, east, south, north)`.execute(
    db,
  )

  await sql`
    create table area_agency (
      id uuid primary key,
      code text not null unique,
      unit_code text,
      name_vi text not null,
      name_en text not null,
      kind text not null check (kind in
        ('commune_office', 'police', 'health', 'utility', 'civil_defence', 'department', 'other')),
      successor_code text,
      valid_from date not null,
      valid_to date
    )`.execute(db)

  await sql`
    create table area_office (
      id uuid primary key,
      agency_code text not null references area_agency (code),
      unit_code text not null,
      name_vi text not null,
      name_en text not null,
      address_vi text not null,
      lng double precision,
      lat double precision,
      hours jsonb not null,
      source text not null
    )`.execute(db)

  await sql`
    create table area_hotline (
      id uuid primary key,
      code text not null unique,
      unit_code text,
      phone text not null,
      name_vi text not null,
      name_en text not null,
      position integer not null,
      confirmed boolean not null,
      source text not null
    )`.execute(db)

  await sql`
    create table calendar_day (
      date date primary key,
      kind text not null check (kind in ('holiday', 'compensation', 'swap_off', 'swap_work')),
      name_vi text not null,
      name_en text not null,
      source text not null,
      confirmed boolean not null
    )`.execute(db)

  await sql`
    create table resident (
      id uuid primary key,
      language text not null check (language in ('vi', 'en')),
      display_name text,
      created_at timestamptz(3) not null,
      erased_at timestamptz(3)
    )`.execute(db)

  await sql`
    create table channel_link (
      id uuid primary key,
      resident_id uuid not null references resident (id),
      channel text not null,
      chat_key text not null,
      state text not null check (state in ('active', 'gone')),
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      unique (channel, chat_key)
    )`.execute(db)
  await sql`create index channel_link_resident on channel_link (resident_id)`.execute(db)

  await sql`
    create table consent_text (
      purpose text not null,
      version integer not null,
      body_vi text not null,
      body_en text not null,
      published_at timestamptz(3) not null,
      primary key (purpose, version)
    )`.execute(db)

  await sql`
    create table consent (
      id uuid primary key,
      resident_id uuid not null references resident (id),
      purpose text not null,
      version integer not null,
      channel text not null,
      given_at timestamptz(3) not null,
      withdrawn_at timestamptz(3),
      foreign key (purpose, version) references consent_text (purpose, version)
    )`.execute(db)
  await sql`create unique index consent_open on consent (resident_id, purpose) where withdrawn_at is null`.execute(
    db,
  )

  await sql`
    create table official (
      id uuid primary key,
      login text not null unique,
      display_name text not null,
      password_hash text not null,
      roles text[] not null,
      capabilities text[] not null,
      unit_code text,
      agency_code text,
      language text not null check (language in ('vi', 'en')),
      disabled_at timestamptz(3),
      created_at timestamptz(3) not null,
      version integer not null default 1
    )`.execute(db)

  await sql`
    create table session (
      id uuid primary key,
      secret_hash text not null unique,
      subject_kind text not null check (subject_kind in ('official', 'resident')),
      subject_id uuid not null,
      carrier text not null check (carrier in ('cookie', 'bearer')),
      created_at timestamptz(3) not null,
      last_seen_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      label text not null
    )`.execute(db)
  await sql`create index session_subject on session (subject_kind, subject_id)`.execute(db)

  await sql`
    create table rate_limit (
      key text primary key,
      window_at timestamptz(3) not null,
      hits integer not null
    )`.execute(db)

  await sql`
    create table idempotency (
      scope text not null,
      key text not null,
      body_hash text not null,
      response jsonb not null,
      created_at timestamptz(3) not null,
      primary key (scope, key)
    )`.execute(db)
}
