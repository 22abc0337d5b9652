import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table notice (
    id uuid primary key,
    state text not null check (state in ('draft', 'proposed', 'released', 'cancelled', 'dropped')),
    version integer not null default 1,
    unit_code text not null,
    kind text not null,
    is_emergency boolean not null,
    title_vi text not null,
    title_en text,
    body_vi text not null,
    body_en text,
    link_label text,
    link_url text,
    issuer text,
    signer text,
    document_no text,
    area jsonb not null,
    language text check (language in ('vi', 'en')),
    event jsonb,
    send_at timestamptz(3),
    expires_at timestamptz(3) not null,
    author_id uuid not null references official (id),
    released_by uuid references official (id),
    released_at timestamptz(3),
    alone_reason text,
    reviewed_by uuid references official (id),
    reviewed_at timestamptz(3),
    ended_reason text,
    dispatch_id uuid,
    dispatch_started_at timestamptz(3),
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    check (released_by is null or released_by <> author_id or alone_reason is not null)
  )`,
  `create index notice_open on notice (unit_code) where state in ('draft', 'proposed')`,
  `create index notice_due on notice (send_at) where state = 'released' and dispatch_started_at is null`,
  `create index notice_public on notice (dispatch_started_at desc, id)
    where state = 'released' and dispatch_started_at is not null`,
  `create index notice_to_review on notice (unit_code) where alone_reason is not null and reviewed_at is null`,
  `create index notice_newest on notice (unit_code, created_at desc)`,
  // Counted by channel and unit as well.
  'alter table dispatch_recipient add column unit_code text',
  `alter table dispatch_count add column channel text not null default '',
    add column unit_code text not null default '',
    drop constraint dispatch_count_pkey,
    add primary key (dispatch_id, state, channel, unit_code)`,
  'delete from dispatch_count',
  `insert into dispatch_count (dispatch_id, state, channel, unit_code, n)
    select dispatch_id, state, coalesce(channel, ''), '', count(*) from dispatch_recipient group by 1, 2, 3`,
] as const

/** Frozen: notices of officials to many. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
