import { type Kysely, sql } from 'kysely'

/** Frozen: messages that were not understood, masked and without whoever wrote them, and what officials say they meant. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table misread (
      id uuid primary key,
      words text not null unique check (char_length(words) between 1 and 300),
      language text not null check (language in ('vi', 'en')),
      guess text not null,
      confidence real not null check (confidence between 0 and 1),
      times integer not null default 1 check (times > 0),
      first_on date not null,
      last_on date not null,
      intent text,
      category text,
      settled_at timestamptz,
      check (intent is null or settled_at is not null),
      check (category is null or intent is not null)
    )`.execute(db)
  await sql`
    create index misread_open on misread (times desc, last_on desc) where settled_at is null`.execute(
    db,
  )
}
