import type { Ctx } from '../../../context.ts'
import { csvLine } from '../../../core/csv.ts'
import { audit, verifyAudit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { type AuditPage, AuditQuery, type AuditRow, type SealView } from './schema.ts'
import { findAudit, findSeals } from './store.ts'

/** A file holds at most this many rows; an auditor narrows by day. */
const EXPORT_ROWS = 50_000

const toRow = ({ actorName, ...row }: Awaited<ReturnType<typeof findAudit>>[number]): AuditRow => ({
  ...row,
  ...(actorName === null ? {} : { actorName }),
})

/** What was done, newest first. Throws `http.unauthenticated`, `http.forbidden`, `http.invalid_input`. */
export async function searchAudit(ctx: Ctx, input: unknown): Promise<AuditPage> {
  requireCan(ctx, 'audit.read')
  const query = parseInput(AuditQuery, input)
  const found = await findAudit(ctx.db, { ...query, limit: query.limit + 1 })
  const rows = found.slice(0, query.limit).map(toRow)
  const last = found.length > query.limit ? rows.at(-1) : undefined
  return { rows, ...(last === undefined ? {} : { nextBefore: last.seq }) }
}

const HEAD = [
  'seq',
  'at',
  'actor_kind',
  'actor_id',
  'action',
  'subject_kind',
  'subject_id',
  'fields',
  'data',
  'request_id',
]

/** The same rows as CSV; taking them is itself a row. Throws as `searchAudit`. */
export async function exportAudit(ctx: Ctx, input: unknown): Promise<string> {
  requireCan(ctx, 'audit.read')
  const query = parseInput(AuditQuery, input)
  return inTransaction(ctx, async (tx) => {
    const rows = await findAudit(tx.db, { ...query, limit: EXPORT_ROWS })
    await audit(tx, {
      action: 'audit.export',
      subjectKind: 'audit',
      subjectId: String(rows[0]?.seq ?? 0),
      data: { rows: rows.length },
    })
    const lines = rows.map((row) =>
      csvLine([
        row.seq,
        row.at,
        row.actorKind,
        row.actorId,
        row.action,
        row.subjectKind,
        row.subjectId,
        row.fields.join(' '),
        JSON.stringify(row.data),
        row.requestId,
      ]),
    )
    return `\uFEFF${csvLine(HEAD)}${lines.join('')}`
  })
}

/** Recomputes every seal; a row that was changed by hand breaks the seal over it. Throws as `searchAudit`. */
export async function checkSeals(ctx: Ctx): Promise<SealView> {
  requireCan(ctx, 'audit.read')
  const { sealed, unsealed, brokenSeals } = await verifyAudit(ctx.db)
  return {
    sealed,
    unsealed,
    brokenSeals: brokenSeals.length === 0 ? [] : await findSeals(ctx.db, brokenSeals),
    checkedAt: ctx.now().toISOString(),
  }
}
