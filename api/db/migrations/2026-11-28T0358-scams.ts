import { type Kysely, sql } from 'kysely'

/** Frozen: addresses, numbers, accounts and known frauds that people reported, and what officials decided. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table scam_subject (
      id uuid primary key,
      kind text not null check (kind in ('domain', 'phone', 'account', 'pattern')),
      subject text not null check (char_length(subject) between 1 and 253),
      state text not null check (state in ('reported', 'known_scam', 'official', 'dropped')),
      times integer not null default 0 check (times >= 0),
      first_on date not null,
      last_on date not null,
      decided_at timestamptz(3),
      notice_wanted_at timestamptz(3),
      version integer not null default 1,
      created_at timestamptz(3) not null,
      unique (kind, subject),
      check (kind <> 'pattern' or state in ('reported', 'dropped')),
      check (notice_wanted_at is null or state = 'known_scam')
    )`.execute(db)
  await sql`create index scam_subject_state on scam_subject (state, times desc, last_on desc)`.execute(
    db,
  )
}
