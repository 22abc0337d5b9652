import { sql } from 'kysely'
import type { Db } from '../../context.ts'

/** Counters that live minutes, the migration library's own tables: made new, never carried over. */
const LEFT_OUT = new Set(['rate_limit', 'kysely_migration', 'kysely_migration_lock'])

/** Names of all tables of the current schema, sorted. */
async function listTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'
    order by table_name collate "C"`.execute(db)
  return rows.map((row) => row.name)
}

/** Tables that a backup holds. */
export async function dataTables(db: Db): Promise<string[]> {
  return (await listTables(db)).filter((name) => !LEFT_OUT.has(name))
}

export type Column = { name: string; type: string; isIdentity: boolean }

/** Columns that a row brings with it, in order (a generated one is computed again). */
export async function columnsOf(db: Db, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select column_name as name, udt_name as type, is_identity = 'YES' as "isIdentity"
    from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER'
    order by ordinal_position`.execute(db)
  return rows
}

export async function countRows(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Names of the migrations that this database has had, in order. */
export async function ranMigrations(db: Db): Promise<string[]> {
  const tables = await listTables(db)
  if (!tables.includes('kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name collate "C"`.execute(db)
  return rows.map((row) => row.name)
}

/** The first table that holds a row; undefined when a restore would overwrite nothing. */
export async function findFilledTable(db: Db): Promise<string | undefined> {
  for (const table of await dataTables(db)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0) return table
  }
  return undefined
}

/** Removes every table of ours, and the job library's schema: its jobs belong to the old rows. */
export async function dropEverything(db: Db): Promise<void> {
  for (const table of await listTables(db)) {
    await sql`drop table if exists ${sql.table(table)} cascade`.execute(db)
  }
  await sql`drop schema if exists pgboss cascade`.execute(db)
}

/**
 * Row queries that differ from "all columns as they are". Transaction ids mean nothing in another database, so they
 * become 1; events are numbered anew in the order in which readers see them, and the cursors with them.
 */
export function rowsQuery(table: string, columns: readonly Column[]): string {
  if (table === 'domain_event') {
    return `select row_number() over (order by xid, seq) as seq, '1'::xid8 as xid, id, kind, subject_id, data, at
      from domain_event order by 1`
  }
  if (table === 'event_cursor') {
    return `select consumer, '1'::xid8 as xid,
      (select count(*) from domain_event e where (e.xid, e.seq) <= (c.xid, c.seq)) as seq
      from event_cursor c order by consumer`
  }
  const list = columns.map(({ name, type }) =>
    type === 'xid8' ? `'1'::xid8 as "${name}"` : `"${name}"`,
  )
  return `select ${list.join(', ')} from "${table}" order by 1`
}
