import { type Kysely, sql } from 'kysely'

/** Frozen: second factors of officials, sign-ins that wait for one, invitations, delegations, the duty roster. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table official_factor (
      id uuid primary key,
      official_id uuid not null references official (id),
      kind text not null check (kind in ('totp', 'passkey')),
      label text not null,
      sealed_secret text,
      last_step bigint,
      credential_id text unique,
      public_key text,
      counter bigint not null default 0,
      transports text[] not null default '{}',
      created_at timestamptz(3) not null,
      last_used_at timestamptz(3)
    )`.execute(db)
  await sql`create unique index official_factor_totp on official_factor (official_id) where kind = 'totp'`.execute(
    db,
  )
  await sql`create index official_factor_official on official_factor (official_id)`.execute(db)
  await sql`
    create table official_recovery_code (
      code_hash text primary key,
      official_id uuid not null references official (id),
      created_at timestamptz(3) not null,
      used_at timestamptz(3)
    )`.execute(db)
  await sql`create index official_recovery_code_official on official_recovery_code (official_id)`.execute(
    db,
  )
  await sql`
    create table sign_in_step (
      secret_hash text primary key,
      official_id uuid references official (id),
      kind text not null check (kind in ('second_factor', 'enrol', 'passkey', 'add_factor', 'invite')),
      webauthn_challenge text,
      sealed_secret text,
      tries integer not null default 0,
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null
    )`.execute(db)
  await sql`create index sign_in_step_official on sign_in_step (official_id)`.execute(db)
  await sql`create index sign_in_step_expires on sign_in_step (expires_at)`.execute(db)
  await sql`
    create table approval_delegation (
      id uuid primary key,
      from_official_id uuid not null references official (id),
      to_official_id uuid not null references official (id),
      starts_at timestamptz(3) not null,
      ends_at timestamptz(3) not null check (ends_at > starts_at),
      revoked_at timestamptz(3),
      created_at timestamptz(3) not null
    )`.execute(db)
  await sql`create index approval_delegation_to on approval_delegation (to_official_id, ends_at)`.execute(
    db,
  )
  await sql`
    create table duty_shift (
      id uuid primary key,
      official_id uuid not null references official (id),
      unit_code text,
      starts_at timestamptz(3) not null,
      ends_at timestamptz(3) not null check (ends_at > starts_at),
      created_at timestamptz(3) not null
    )`.execute(db)
  await sql`create index duty_shift_time on duty_shift (ends_at, starts_at)`.execute(db)
}
