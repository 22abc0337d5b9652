import { sql } from 'kysely'
import type { Ctx } from '../context.ts'

/**
 * Runs `fn` in a transaction, or in the one that is already open. `fn` gets a ctx in which only the transaction's
 * handle exists: using the outer one would hang on PGlite and run outside the transaction on PostgreSQL.
 */
export async function inTransaction<T>(ctx: Ctx, fn: (tx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return fn(ctx)
  const after: (() => void)[] = []
  const result = await ctx.db
    .transaction()
    .execute((trx) => fn({ ...ctx, db: trx, afterCommit: (hook) => after.push(hook) }))
  for (const hook of after) hook()
  return result
}

/**
 * Runs `fn` under a savepoint of the open transaction: when it throws, only its own writes (and its after-commit
 * hooks) are undone, and the error is thrown on. Outside a transaction it opens one.
 */
export async function inSavepoint<T>(ctx: Ctx, fn: (tx: Ctx) => Promise<T>): Promise<T> {
  if (!ctx.db.isTransaction) return inTransaction(ctx, fn)
  const after: (() => void)[] = []
  const name = `sp_${ctx.newId().replaceAll('-', '')}`
  await sql`savepoint ${sql.id(name)}`.execute(ctx.db)
  try {
    const result = await fn({ ...ctx, afterCommit: (hook) => after.push(hook) })
    await sql`release savepoint ${sql.id(name)}`.execute(ctx.db)
    for (const hook of after) ctx.afterCommit(hook)
    return result
  } catch (error) {
    await sql`rollback to savepoint ${sql.id(name)}`.execute(ctx.db)
    throw error
  }
}
