import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from '../../context.ts'
import { dbOf, openPool } from '../pg.ts'

/** One request or one cron run: a Worker may not share a connection between two of them. */
type Scope = { db: Db; work: Promise<unknown>[] }

const scopes = new AsyncLocalStorage<Scope>()

/** A request and the rate limiter beside its transaction. */
const CONNECTIONS = 3
const STATEMENT_MS = 20_000

export type Runner = { waitUntil(work: Promise<unknown>): void }

function current(): Scope {
  const scope = scopes.getStore()
  if (scope === undefined) throw new Error('outside of a request')
  return scope
}

export const currentDb = (): Db => current().db

/** Keeps the request's database open until `work` is done, also after the answer. */
export const keepAlive = (work: Promise<unknown>): void => void current().work.push(work)

/** Runs `fn` with a database of its own, which closes once the answer and all kept work are done. */
export async function inScope<T>(
  connectionString: string,
  runner: Runner,
  fn: () => Promise<T>,
): Promise<T> {
  const pool = openPool(
    {
      connectionString,
      max: CONNECTIONS,
      statementTimeoutMs: STATEMENT_MS,
      applicationName: 'loa-worker',
    },
    // workerd's sockets tell of their own end; a query that fails rejects by itself.
    () => {},
  )
  const scope: Scope = { db: dbOf(pool), work: [] }
  try {
    return await scopes.run(scope, fn)
  } finally {
    runner.waitUntil(close(scope))
  }
}

/** Work may add more work. */
async function close(scope: Scope): Promise<void> {
  while (scope.work.length > 0) await Promise.allSettled(scope.work.splice(0))
  await scope.db.destroy()
}
