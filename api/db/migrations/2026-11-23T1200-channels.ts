import { type Kysely, sql } from 'kysely'

/** Frozen: accounts of channels, uploads kept by a platform, pictures waiting to be fetched, paused chats. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table conversation add column paused_until timestamptz(3)`.execute(db)
  await sql`
    create table channel_account (
      channel text not null,
      account text not null,
      sealed text,
      send_path text,
      lease_id uuid,
      lease_until timestamptz(3),
      updated_at timestamptz(3) not null,
      primary key (channel, account)
    )`.execute(db)
  await sql`
    create table channel_attachment (
      channel text not null,
      url text not null,
      attachment_id text not null,
      saved_at timestamptz(3) not null,
      primary key (channel, url)
    )`.execute(db)
  await sql`
    create table inbound_picture (
      channel text not null,
      event_id text not null,
      position integer not null,
      chat_key text not null,
      group_key text not null,
      source text not null,
      unique_id text not null,
      message_id bigint not null,
      caption text,
      language text check (language in ('vi', 'en')),
      state text not null check (state in ('waiting', 'done')),
      media_id uuid,
      tries integer not null default 0,
      failure text,
      received_at timestamptz(3) not null,
      primary key (channel, event_id, position)
    )`.execute(db)
  await sql`
    create index inbound_picture_waiting on inbound_picture (channel, chat_key, group_key)
    where state = 'waiting'`.execute(db)
  await sql`create index inbound_picture_done on inbound_picture (received_at) where state = 'done'`.execute(
    db,
  )
}
