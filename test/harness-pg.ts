import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Db } from '../api/context.ts'
import { migrate } from '../api/db/migrate.ts'
import { dbOf, openPool } from '../api/hosts/pg.ts'
import { type TestDb, truncateAll } from './harness.ts'

/** URLs of the run's servers (their database `postgres`), set by harness-pg-setup.ts. */
export const SERVERS_VARIABLE = 'LOA_TEST_POSTGRES'
const TEMPLATE = 'loa_template'
/** Copying a template waits for others who copy it. */
const TEMPLATE_IN_USE = '55006'

export const serverUrls = (): string[] => (process.env[SERVERS_VARIABLE] ?? '').split(' ')

/** The server of this test worker. */
function ownServer(): string {
  const urls = serverUrls()
  const worker = Number(process.env.VITEST_POOL_ID ?? 1) - 1
  return urls[worker % urls.length] ?? ''
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A pool on any database of the run, made as the host makes its own. */
export const openUrl = (url: string): Db =>
  dbOf(
    openPool(
      { connectionString: url, max: 10, statementTimeoutMs: 0, applicationName: 'loa-test' },
      () => {},
    ),
    { prepares: true },
  )

/** The migrated database that every test database is a copy of. */
export async function prepareTemplate(server: string): Promise<void> {
  await onServer(server, `create database ${TEMPLATE}`)
  const db = openUrl(databaseUrl(server, TEMPLATE))
  await migrate(db)
  await db.destroy()
}

/** URL of a fresh database on this worker's server: a migrated one, or (`empty`) one without a table. */
export async function createTestDatabase(
  kind: 'migrated' | 'empty' = 'migrated',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = ownServer()
  const name = `t_${randomBytes(6).toString('hex')}`
  const template = kind === 'migrated' ? `template ${TEMPLATE}` : ''
  for (let tries = 0; ; tries++) {
    try {
      await onServer(server, `create database ${name} ${template}`)
      break
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== TEMPLATE_IN_USE || tries === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, `drop database ${name} with (force)`),
  }
}

/** A fresh PostgreSQL database with a pool of ten: migrated, or without a table. */
export async function openPostgres(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDb> {
  const { url, drop } = await createTestDatabase(kind)
  const db = openUrl(url)
  return {
    db,
    truncate: () => truncateAll(db),
    close: async () => {
      await db.destroy()
      await drop()
    },
  }
}
