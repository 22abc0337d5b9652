import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { isPrepared } from '../db/prepared.ts'

/** Each connection of the server keeps a plan of each; texts beyond are planned each time. */
const PREPARED_MOST = 200
/** What was prepared no longer fits: a migration changed a table, or something in between lost it. */
const OUTDATED = new Set(['0A000', '26000'])

/**
 * The pool with the statements that ask for it prepared by name: each connection parses and plans them once. One with an
 * outdated statement is closed when it is handed back.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    if (!isPrepared(text)) return undefined
    const known = names.get(text)
    if (known !== undefined || names.size >= PREPARED_MOST) return known
    const name = `loa_${names.size}`
    names.set(text, name)
    return name
  }
  return {
    options: pool.options,
    connect: async () => withNames(await pool.connect(), nameOf),
    end: () => pool.end(),
  }
}

function withNames(
  client: pg.PoolClient,
  nameOf: (text: string) => string | undefined,
): PostgresPoolClient {
  let isOutdated = false
  const query = async (text: string, values: unknown[]) => {
    const name = nameOf(text)
    if (name === undefined) return client.query(text, values)
    try {
      return await client.query({ name, text, values })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      isOutdated ||= OUTDATED.has(code)
      throw error
    }
  }
  return {
    query: query as (...args: unknown[]) => never,
    release: (isBroken) => client.release(isBroken === true || isOutdated),
  }
}
