import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import type { Db, Log } from '../context.ts'
import { errorFields } from '../http/log.ts'
import type { Config } from './config.ts'
import type { DataDir } from './data-dir.ts'
import { checkServer, dbOf, openPool } from './pg.ts'

/** The open database and what else of its engine the job library needs. */
export type OpenDatabase = {
  db: Db
  /** For what is counted while a transaction holds a connection: of `db`'s own there may be none left. */
  counters: Db
  engine: { kind: 'embedded'; pglite: PGlite } | { kind: 'postgres'; pool: pg.Pool }
  close: () => Promise<void>
}

const POOL_SIZE = 10
/** One short statement a hit. */
const COUNTERS = 2
/** Nothing that a person waits for may take longer; commands have no limit. */
const SERVER_STATEMENT_MS = 30_000

/** Opens the database that the configuration names. Embedded: the caller holds the lock of `dir`. */
export async function openDatabase(
  config: Config,
  dir: DataDir,
  log: Log,
  use: 'server' | 'command',
): Promise<OpenDatabase> {
  const connectionString = config.databaseUrl
  if (connectionString === null) {
    // Loaded only here, so that a PostgreSQL installation never pays for it.
    const { openEmbedded } = await import('./pglite.ts')
    const { db, pglite } = await openEmbedded(dir)
    const close = async () => {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
    }
    return { db, counters: db, engine: { kind: 'embedded', pglite }, close }
  }
  const isServer = use === 'server'
  const open = (max: number) =>
    openPool(
      {
        connectionString,
        max,
        statementTimeoutMs: isServer ? SERVER_STATEMENT_MS : 0,
        applicationName: isServer ? 'loa' : 'loa-command',
      },
      (error) => log.warn('postgres.idle_client', errorFields(error)),
    )
  const pool = open(isServer ? POOL_SIZE : 2)
  const db = dbOf(pool, { prepares: isServer })
  const counters = dbOf(open(COUNTERS), { prepares: isServer })
  await checkServer(db)
  const close = async () => void (await Promise.all([db.destroy(), counters.destroy()]))
  return { db, counters, engine: { kind: 'postgres', pool }, close }
}
