import { type Kysely, sql } from 'kysely'

/** Frozen: chats that reach officials, and calls for rescue with what was told about them. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table official_chat (
      id uuid primary key,
      official_id uuid not null references official (id),
      channel text not null,
      chat_key text not null,
      created_at timestamptz(3) not null,
      unique (channel, chat_key)
    )`.execute(db)
  await sql`create index official_chat_official on official_chat (official_id)`.execute(db)
  await sql`
    create table official_chat_code (
      code_hash text primary key,
      official_id uuid not null references official (id),
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    )`.execute(db)
  await sql`create index official_chat_code_official on official_chat_code (official_id)`.execute(
    db,
  )
  await sql`
    create table sos_case (
      id uuid primary key,
      channel text not null,
      chat_key text,
      secret_hash text unique,
      resident_id uuid,
      language text not null,
      state text not null check (state in ('open', 'claimed', 'reached', 'safe', 'withdrawn', 'closed')),
      unit_code text not null,
      place_label text,
      place_words text,
      hamlet_id uuid,
      lng double precision,
      lat double precision,
      people integer check (people > 0),
      vulnerable text[] not null default '{}',
      phone text,
      claimed_by uuid references official (id),
      claimed_at timestamptz(3),
      reached_at timestamptz(3),
      ended_at timestamptz(3),
      end_reason text,
      round integer not null default 0,
      next_round_at timestamptz(3),
      told_at timestamptz(3),
      is_told boolean not null default false,
      version integer not null default 1,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null
    )`.execute(db)
  await sql`
    create unique index sos_case_chat on sos_case (channel, chat_key)
    where state in ('open', 'claimed', 'reached')`.execute(db)
  await sql`create index sos_case_round on sos_case (next_round_at) where state = 'open'`.execute(
    db,
  )
  await sql`create index sos_case_board on sos_case (unit_code, created_at)`.execute(db)
  await sql`create index sos_case_resident on sos_case (resident_id) where resident_id is not null`.execute(
    db,
  )
  await sql`
    create table sos_note (
      id uuid primary key,
      case_id uuid not null references sos_case (id),
      at timestamptz(3) not null,
      text text not null
    )`.execute(db)
  await sql`create index sos_note_case on sos_note (case_id, id)`.execute(db)
}
