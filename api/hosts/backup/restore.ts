import { sql } from 'kysely'
import type { Db } from '../../context.ts'
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'
import type { Storage } from '../../files/ports.ts'
import { StopError } from '../data-dir.ts'
import { readArchive } from './archive.ts'
import { type End, FORMAT, type Manifest } from './backup.ts'
import { type Column, columnsOf, dataTables, dropEverything, findFilledTable } from './tables.ts'

export type RestoreInput = {
  path: string
  /** Replaces what is there; without it a database with rows is refused. */
  force: boolean
  storage: Storage | null
  keepSecret: (secret: string) => void
}

export type Restored = { manifest: Manifest; rows: number; files: number; migrated: string[] }

/**
 * Loads a backup into a database without rows. The schema is made as the backup knew it, rows are loaded in one
 * transaction, and only then the newer migrations run: they see the rows as they would have on the old machine.
 */
export async function restoreBackup(db: Db, input: RestoreInput): Promise<Restored> {
  const manifest = await readManifest(input.path)
  const filled = await findFilledTable(db)
  if (filled !== undefined && !input.force) {
    throw new StopError(
      `the database is not empty (table ${filled} has rows). Restore into an empty one, or add --force to replace everything in it.`,
    )
  }
  await dropEverything(db)
  const last = manifest.migrations.at(-1)
  if (last !== undefined) await migrate(db, last)
  const loaded = await db.transaction().execute((trx) => load(trx, input, manifest))
  const migrated = await migrate(db)
  await markPossiblyDoubled(db)
  return { manifest, ...loaded, migrated }
}

/** What was waiting then may have gone out since: it is sent, but marked, and given up when that is unclear again. */
async function markPossiblyDoubled(db: Db): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ maybeDoubled: true, leaseUntil: null })
    .where('state', '=', 'queued')
    .execute()
}

async function readManifest(path: string): Promise<Manifest> {
  for await (const { name, bytes } of readArchive(path)) {
    if (name !== 'manifest.json') break
    const manifest = JSON.parse(bytes.toString('utf8')) as Manifest
    if (manifest.product !== 'loa') break
    if (manifest.format !== FORMAT) {
      throw new StopError(
        `${path} has backup format ${manifest.format}; this version reads ${FORMAT}.`,
      )
    }
    const unknown = manifest.migrations.filter((name) => !(name in MIGRATIONS))
    if (unknown.length === 0) return manifest
    throw new StopError(
      `${path} was made by a newer version (${manifest.version}): this one has no ${unknown.join(', ')}.`,
    )
  }
  throw new StopError(`${path} is no backup of Loa.`)
}

async function load(db: Db, input: RestoreInput, manifest: Manifest) {
  const addKeysAgain = await dropForeignKeys(db)
  const tables = new Set(await dataTables(db))
  const columns = new Map<string, Column[]>()
  const counts: Record<string, number> = {}
  let files = 0
  let end: End | undefined
  for await (const { name, bytes } of readArchive(input.path)) {
    const table = /^tables\/(\w+)\/\d+\.ndjson$/.exec(name)?.[1]
    if (table !== undefined) {
      if (!tables.has(table))
        throw new StopError(`the backup has a table ${table} that its schema lacks`)
      const known = columns.get(table) ?? (await columnsOf(db, table))
      columns.set(table, known)
      counts[table] = (counts[table] ?? 0) + (await insertLines(db, table, known, bytes))
    } else if (name.startsWith('files/')) {
      await input.storage?.put(name.slice('files/'.length), bytes, typeOf(bytes))
      files += 1
    } else if (name === 'app-secret') {
      input.keepSecret(bytes.toString('utf8'))
    } else if (name === 'end.json') {
      end = JSON.parse(bytes.toString('utf8')) as End
    }
  }
  if (end === undefined || end.files !== files || !isSame(counts, manifest.tables)) {
    throw new StopError(
      `${input.path} is no whole backup: rows or files are missing. Nothing was loaded.`,
    )
  }
  await setSequences(db, tables)
  for (const statement of addKeysAgain) await sql.raw(statement).execute(db)
  const rows = Object.values(counts).reduce((sum, n) => sum + n, 0)
  return { rows, files }
}

const isSame = (counts: Record<string, number>, expected: Record<string, number>) =>
  Object.entries(expected).every(([table, n]) => (counts[table] ?? 0) === n)

const typeOf = (bytes: Uint8Array) =>
  bytes[0] === 0xff ? 'image/jpeg' : bytes[0] === 0x89 ? 'image/png' : 'image/webp'

async function insertLines(db: Db, table: string, columns: readonly Column[], bytes: Buffer) {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
  const names = sql.join(columns.map((column) => sql.ref(column.name)))
  const identity = columns.some((column) => column.isIdentity)
    ? sql`overriding system value`
    : sql``
  await sql`insert into ${sql.table(table)} (${names}) ${identity}
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb)`.execute(
    db.withoutPlugins(),
  )
  return lines.length
}

/** Rows come table by table and may point at later ones; the keys are checked when they are added again. */
async function dropForeignKeys(db: Db): Promise<string[]> {
  const { rows } = await sql<{ tableName: string; name: string; definition: string }>`
    select c.conrelid::regclass::text as "tableName", quote_ident(c.conname) as name,
      pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.contype = 'f' and n.nspname = current_schema()
    order by 1, 2`.execute(db)
  for (const key of rows) {
    await sql.raw(`alter table ${key.tableName} drop constraint ${key.name}`).execute(db)
  }
  return rows.map(
    (key) => `alter table ${key.tableName} add constraint ${key.name} ${key.definition}`,
  )
}

async function setSequences(db: Db, tables: Iterable<string>): Promise<void> {
  for (const table of tables) {
    for (const { name, isIdentity } of await columnsOf(db, table)) {
      if (!isIdentity) continue
      await sql`select setval(pg_get_serial_sequence(${table}, ${name}), max(${sql.ref(name)}))
        from ${sql.table(table)} having max(${sql.ref(name)}) is not null`.execute(db)
    }
  }
}
