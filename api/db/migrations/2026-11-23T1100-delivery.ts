import { type Kysely, sql } from 'kysely'

/** Frozen: subscriptions, inbox, channels' windows and pace, dispatches with their recipients; joining of chats. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table resident add column joined_into uuid references resident (id)`.execute(db)
  await sql`create index resident_joined on resident (joined_into) where joined_into is not null`.execute(
    db,
  )

  await sql`
    create table link_code (
      code_hash text primary key,
      resident_id uuid not null references resident (id),
      created_at timestamptz(3) not null,
      expires_at timestamptz(3) not null,
      used_at timestamptz(3)
    )`.execute(db)
  await sql`create index link_code_resident on link_code (resident_id)`.execute(db)
  await sql`
    create table link_try (
      channel text not null,
      chat_key text not null,
      first_at timestamptz(3) not null,
      tries integer not null,
      primary key (channel, chat_key)
    )`.execute(db)

  await sql`
    create table subscription (
      id uuid primary key,
      resident_id uuid not null references resident (id),
      kind text not null check (kind in ('flood', 'storm', 'air', 'health', 'utilities', 'notices', 'guides')),
      unit_code text,
      hamlet_id uuid references area_hamlet (id),
      only_life_safety boolean not null,
      created_at timestamptz(3) not null,
      check (hamlet_id is null or unit_code is not null)
    )`.execute(db)
  await sql`
    create unique index subscription_topic
    on subscription (resident_id, kind, coalesce(unit_code, ''), coalesce(hamlet_id::text, ''))`.execute(
    db,
  )
  await sql`
    create index subscription_audience
    on subscription (kind, resident_id) include (unit_code, hamlet_id, only_life_safety)`.execute(
    db,
  )

  await sql`
    create table delivery_profile (
      resident_id uuid primary key references resident (id),
      channel_order text[] not null,
      quiet_from integer not null check (quiet_from between 0 and 1439),
      quiet_to integer not null check (quiet_to between 0 and 1439),
      updated_at timestamptz(3) not null
    )`.execute(db)

  await sql`
    create table channel_window (
      channel text not null,
      chat_key text not null,
      last_interaction_at timestamptz(3) not null,
      primary key (channel, chat_key)
    )`.execute(db)

  // Microseconds on purpose: a slot of thirty a second is no whole number of milliseconds.
  await sql`
    create table channel_pace (
      key text primary key,
      next_at timestamptz not null,
      used integer not null
    ) with (fillfactor = 50)`.execute(db)

  await sql`
    create table dispatch (
      id uuid primary key,
      kind text not null,
      lane text not null check (lane in ('alert', 'notice')),
      is_life_safety boolean not null,
      message_vi jsonb not null,
      message_en jsonb not null,
      audience jsonb not null,
      state text not null check (state in ('planning', 'ready', 'running', 'paused', 'cancelled', 'done')),
      subject_kind text not null,
      subject_id text not null,
      plan_cursor uuid,
      expires_at timestamptz(3),
      created_by_kind text not null,
      created_by text,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null
    )`.execute(db)
  await sql`create unique index dispatch_subject on dispatch (subject_kind, subject_id)`.execute(db)
  await sql`create index dispatch_active on dispatch (created_at) where state <> 'done'`.execute(db)
  await sql`
    create table dispatch_recipient (
      dispatch_id uuid not null references dispatch (id),
      resident_id uuid not null,
      channel text,
      chat_key text,
      language text not null,
      area_rank smallint not null,
      state text not null check (state in
        ('planned', 'queued', 'inbox', 'sent', 'gone', 'rejected', 'expired', 'cancelled')),
      outbox_id uuid,
      primary key (dispatch_id, resident_id)
    )`.execute(db)
  await sql`
    create index dispatch_planned on dispatch_recipient (dispatch_id, area_rank, resident_id)
    where state = 'planned'`.execute(db)
  await sql`
    create index dispatch_queued on dispatch_recipient (dispatch_id, outbox_id) where state = 'queued'`.execute(
    db,
  )
  await sql`create index dispatch_recipient_resident on dispatch_recipient (resident_id)`.execute(
    db,
  )
  await sql`
    create table dispatch_count (
      dispatch_id uuid not null references dispatch (id),
      state text not null,
      n integer not null,
      primary key (dispatch_id, state)
    )`.execute(db)

  await sql`
    create table inbox_item (
      id uuid primary key,
      resident_id uuid not null references resident (id),
      kind text not null,
      dispatch_id uuid references dispatch (id),
      message jsonb,
      language text not null check (language in ('vi', 'en')),
      why jsonb not null,
      dedupe_key text not null unique,
      is_life_safety boolean not null,
      outbox_id uuid,
      at timestamptz(3) not null,
      read_at timestamptz(3),
      expires_at timestamptz(3),
      check ((message is null) = (dispatch_id is not null))
    )`.execute(db)
  await sql`create index inbox_item_resident on inbox_item (resident_id, id desc)`.execute(db)
  await sql`create index inbox_item_unread on inbox_item (resident_id) where read_at is null`.execute(
    db,
  )
  await sql`create index inbox_item_purge on inbox_item (at)`.execute(db)
  await sql`create index outbox_gone on outbox (settled_at) where state = 'gone'`.execute(db)
}
