import { sql } from 'kysely'
import type { Db } from '../../context.ts'
import type { Storage } from '../../files/ports.ts'
import { objectKeys } from '../../files/store.ts'
import { type AddEntry, writeArchive } from './archive.ts'
import { columnsOf, countRows, dataTables, ranMigrations, rowsQuery } from './tables.ts'

export const FORMAT = 1

/** First entry of a backup: what is in it and which code can read it. */
export type Manifest = {
  format: number
  product: 'loa'
  version: string
  madeAt: string
  isDemo: boolean
  migrations: string[]
  tables: Record<string, number>
}

/** Last entry: a backup without it was cut off. */
export type End = { rows: Record<string, number>; files: number; missingFiles: number }

export type BackupInput = {
  path: string
  version: string
  madeAt: Date
  isDemo: boolean
  storage: Storage | null
  /** The kept APP_SECRET of an embedded installation: without it old links and tokens are void. */
  appSecret: string | null
}

/** Rows fetched at once, and bytes of one entry: what the memory holds of a table. */
const FETCH_ROWS = 500
const ENTRY_BYTES = 1_000_000

/** Writes the database, as of one moment, and the files that it names, to one .tar.gz. */
export async function makeBackup(db: Db, input: BackupInput): Promise<End> {
  const end: End = { rows: {}, files: 0, missingFiles: 0 }
  await writeArchive(input.path, async (add) => {
    const keys = await db.transaction().execute(async (trx) => {
      await sql`set transaction isolation level repeatable read, read only`.execute(trx)
      const tables = await dataTables(trx)
      const counts: Record<string, number> = {}
      for (const table of tables) counts[table] = await countRows(trx, table)
      const manifest: Manifest = {
        format: FORMAT,
        product: 'loa',
        version: input.version,
        madeAt: input.madeAt.toISOString(),
        isDemo: input.isDemo,
        migrations: await ranMigrations(trx),
        tables: counts,
      }
      await add('manifest.json', JSON.stringify(manifest, null, 2))
      for (const table of tables) end.rows[table] = await dumpTable(trx, table, add)
      // A database that never had the table of files has none.
      return tables.includes('media') ? listFiles(trx) : []
    })
    if (input.appSecret !== null) await add('app-secret', input.appSecret)
    // After the transaction: on the embedded database it would hold up everybody else.
    for (const key of keys) {
      const bytes = await input.storage?.get(key)
      if (bytes === undefined) end.missingFiles += 1
      else {
        await add(`files/${key}`, bytes)
        end.files += 1
      }
    }
    await add('end.json', JSON.stringify(end))
  })
  return end
}

/** One line a row, as PostgreSQL itself writes it: the same from both engines, whatever the column's type. */
async function dumpTable(db: Db, table: string, add: AddEntry): Promise<number> {
  const query = rowsQuery(table, await columnsOf(db, table))
  await sql`declare backup_rows no scroll cursor for
    select row_to_json(r)::text as line from (${sql.raw(query)}) r`.execute(db)
  let rows = 0
  let part = 0
  let lines: string[] = []
  let bytes = 0
  const flush = async () => {
    if (lines.length === 0) return
    part += 1
    await add(`tables/${table}/${String(part).padStart(6, '0')}.ndjson`, `${lines.join('\n')}\n`)
    lines = []
    bytes = 0
  }
  for (;;) {
    const batch = await sql<{ line: string }>`
      fetch forward ${sql.lit(FETCH_ROWS)} from backup_rows`.execute(db)
    for (const { line } of batch.rows) {
      lines.push(line)
      bytes += line.length
      if (bytes >= ENTRY_BYTES) await flush()
    }
    rows += batch.rows.length
    if (batch.rows.length < FETCH_ROWS) break
  }
  await flush()
  await sql`close backup_rows`.execute(db)
  return rows
}

async function listFiles(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('media')
    .select(['storageKey', 'thumbKey', 'redacted'])
    .where('state', '=', 'ready')
    .execute()
  return rows.flatMap((row) => objectKeys(row))
}
