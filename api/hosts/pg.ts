import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Db } from '../context.ts'
import { pgTypes, plugins } from '../db/dialects.ts'
import type { Database } from '../db/schema.ts'
import { StopError } from './data-dir.ts'
import { preparing } from './pg-prepared.ts'

const OLDEST_SERVER = 140_000
const CONNECT_TIMEOUT_MS = 5_000
/** Plans that a connection keeps end with it: tables grow. */
const LIFETIME_SECONDS = 300

export type PgOptions = {
  connectionString: string
  max: number
  /** 0: none, for migrations, backup and restore. */
  statementTimeoutMs: number
  applicationName: string
}

/**
 * A pool with our type parsers. A client that loses its server while idle is only told, and the pool makes another; in
 * use, its queries reject, and the event that comes as well must not end the process.
 */
export function openPool(options: PgOptions, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    statement_timeout: options.statementTimeoutMs,
    application_name: options.applicationName,
    types: pgTypes({
      getTypeParser: (oid, format) => pg.types.getTypeParser(oid, format as 'text'),
    }) as pg.CustomTypesConfig,
  })
  pool.on('error', onIdleError)
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** `prepares`: frequent statements are prepared, which pays on connections that live long. */
export const dbOf = (pool: pg.Pool, { prepares = false } = {}): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: prepares ? preparing(pool) : pool }),
    plugins,
  })

/** Refuses a server that is too old or not there, in words that say what to do. */
export async function checkServer(db: Db): Promise<void> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version_num') as version`
    .execute(db)
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message || String(error) : String(error)
      throw new StopError(`The database of DATABASE_URL cannot be reached: ${why}`)
    })
  const version = Number(rows[0]?.version)
  if (version >= OLDEST_SERVER) return
  throw new StopError(
    `The database server is PostgreSQL ${Math.floor(version / 10_000)}; Loa needs 14 or newer.`,
  )
}
