import { type Kysely, sql } from 'kysely'

/** Frozen: accounts of the province by which officials sign in. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table official_provider (
    official_id uuid primary key references official (id),
    email text not null unique,
    issuer text,
    subject text,
    linked_at timestamptz(3),
    unique (issuer, subject),
    check ((issuer is null) = (subject is null))
  )`.execute(db)
}
