import { sql } from 'kysely'
import type { Actor, Ctx, Db } from '../context.ts'
import { sha256Hex } from '../core/ids.ts'
import { inTransaction } from './transaction.ts'

/** Codes, ids and names only; a value that a person wrote never comes here. */
type AuditData = Record<string, string | number | boolean | null>

export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case 'resident':
      return actor.residentId
    case 'official':
      return actor.officialId
    case 'system':
      return actor.name
    case 'anonymous':
      return null
  }
}

/** One row per change, in the change's own transaction: a change without it cannot commit. */
export async function audit(
  ctx: Ctx,
  entry: {
    action: string
    subjectKind: string
    subjectId: string
    fields?: readonly string[]
    data?: AuditData
  },
): Promise<void> {
  await ctx.db
    .insertInto('audit')
    .values({
      id: ctx.newId(),
      at: ctx.now(),
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId,
      fields: [...(entry.fields ?? [])],
      data: JSON.stringify(entry.data ?? {}),
      requestId: ctx.requestId,
    })
    .execute()
}

const GENESIS = '0'.repeat(64)
/** Rows of one seal, so that one batch fits in memory. */
const SEAL_BATCH = 5_000

async function readBatch(db: Db, fromSeq: number, toSeq: number) {
  return db
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', toSeq)
    .orderBy('seq')
    .execute()
}

type Batch = Awaited<ReturnType<typeof readBatch>>

/** Hash over the previous hash and every column of the batch, in a fixed order. */
async function hashBatch(previousHash: string, rows: Batch): Promise<string> {
  const lines = rows.map((r) =>
    JSON.stringify([
      r.seq,
      r.id,
      r.at,
      r.actorKind,
      r.actorId,
      r.action,
      r.subjectKind,
      r.subjectId,
      r.fields,
      Object.entries(r.data).sort(([a], [b]) => (a < b ? -1 : 1)),
      r.requestId,
    ]),
  )
  return sha256Hex([previousHash, ...lines].join('\n'))
}

/** A writer that is still at work after so many looks is left to the next run. */
const SEAL_LOOKS = 40
const LOOK_SECONDS = 0.05

/**
 * Chains the audit rows written since the last seal; returns how many were sealed. Rows that may still get an earlier
 * neighbour wait: it waits up to two seconds for whoever is writing, then leaves all to the next run and returns 0.
 */
export function sealAudit(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    // Two sealers (a Node host and a Worker's cron) would seal one range twice; the lock ends with the transaction.
    await sql`select pg_advisory_xact_lock(hashtext('audit_seal'))`.execute(tx.db)
    return sealNext(tx)
  })
}

async function sealNext(ctx: Ctx): Promise<number> {
  const last = await ctx.db
    .selectFrom('auditSeal')
    .selectAll()
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const fromSeq = (last?.toSeq ?? 0) + 1
  const finalSeq = await findFinalSeq(ctx.db)
  if (finalSeq < fromSeq) return 0
  const rows = await ctx.db
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', finalSeq)
    .orderBy('seq')
    .limit(SEAL_BATCH)
    .execute()
  const toSeq = rows.at(-1)?.seq
  if (toSeq === undefined) return 0
  const previousHash = last?.hash ?? GENESIS
  const hash = await hashBatch(previousHash, rows)
  await ctx.db
    .insertInto('auditSeal')
    .values({ fromSeq, toSeq, rows: rows.length, previousHash, hash, sealedAt: ctx.now() })
    .execute()
  return rows.length
}

/**
 * The number up to which nothing can be added any more, 0 while somebody writes for too long. Transaction ids do not
 * tell: an older transaction may take the later number. But whoever took one locked the table before, until its end.
 */
async function findFinalSeq(db: Db): Promise<number> {
  const { seq } = await db
    .selectFrom('audit')
    .select(sql<number | null>`max(seq)`.as('seq'))
    .executeTakeFirstOrThrow()
  let open = await findWriters(db)
  for (let look = 1; open.length > 0; look++) {
    if (look === SEAL_LOOKS) return 0
    await sql`select pg_sleep(${LOOK_SECONDS})`.execute(db)
    const now = await findWriters(db)
    open = open.filter((writer) => now.includes(writer))
  }
  return seq ?? 0
}

/** Other transactions that have added to `audit` and not ended yet. */
async function findWriters(db: Db): Promise<string[]> {
  const { rows } = await sql<{ writer: string }>`
    select distinct virtualtransaction as writer from pg_locks
    where locktype = 'relation' and relation = 'audit'::regclass and mode = 'RowExclusiveLock' and granted
      and database = (select oid from pg_database where datname = current_database())
      and pid is distinct from pg_backend_pid()`.execute(db)
  return rows.map((row) => row.writer)
}

export type SealCheck = { sealed: number; unsealed: number; brokenSeals: number[] }

/** Recomputes every seal: a changed, added or removed row, or a changed seal, is named by its seal's number. */
export async function verifyAudit(db: Db): Promise<SealCheck> {
  const seals = await db.selectFrom('auditSeal').selectAll().orderBy('n').execute()
  const brokenSeals: number[] = []
  let previous = GENESIS
  let nextSeq = 1
  let sealed = 0
  for (const seal of seals) {
    const rows = await readBatch(db, seal.fromSeq, seal.toSeq)
    const hash = await hashBatch(previous, rows)
    const isWhole =
      seal.fromSeq === nextSeq &&
      seal.previousHash === previous &&
      seal.hash === hash &&
      rows.length === seal.rows
    if (!isWhole) brokenSeals.push(seal.n)
    previous = seal.hash
    nextSeq = seal.toSeq + 1
    sealed += rows.length
  }
  const { unsealed } = await db
    .selectFrom('audit')
    .select(sql<number>`count(*)`.as('unsealed'))
    .where('seq', '>=', nextSeq)
    .executeTakeFirstOrThrow()
  return { sealed, unsealed, brokenSeals }
}
