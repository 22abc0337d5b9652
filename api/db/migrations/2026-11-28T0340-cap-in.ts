import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table cap_feed (
    url text primary key,
    next_at timestamptz(3) not null,
    checked_at timestamptz(3),
    ok_at timestamptz(3),
    failures integer not null default 0,
    problem text
  )`,
  `create table cap_document (
    feed_url text not null references cap_feed (url) on delete cascade,
    url text not null,
    stamp text not null,
    tries integer not null default 0,
    tried_at timestamptz(3) not null,
    problem text,
    primary key (feed_url, url)
  )`,
  `create index cap_document_age on cap_document (tried_at)`,
  `create table foreign_alert (
    id uuid primary key,
    sender text not null,
    identifier text not null,
    sent_at timestamptz(3) not null,
    message_type text not null,
    refs jsonb not null,
    ended_by text check (ended_by in ('Update', 'Cancel')),
    is_public boolean not null,
    kind text not null,
    level smallint not null check (level between 1 and 4),
    sender_name text not null,
    said jsonb not null,
    area_label text not null,
    area jsonb not null,
    unit_codes jsonb not null,
    expires_at timestamptz(3) not null,
    source_url text not null,
    draft_id uuid references alert (id),
    received_at timestamptz(3) not null,
    unique (sender, identifier, sent_at)
  )`,
  `create index foreign_alert_current on foreign_alert (expires_at) where ended_by is null`,
] as const

/** Frozen: warnings of other senders, by the feeds that name them. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
