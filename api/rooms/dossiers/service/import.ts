import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { type LocalDate, localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inSavepoint, inTransaction } from '../../../db/transaction.ts'
import { requireCan } from '../../identity/index.ts'
import type { ImportReport, LineIssue } from '../import-schema.ts'
import { isMappingAtFault } from '../policy/import/aside.ts'
import { FileFault } from '../policy/import/fault.ts'
import type { Mapping } from '../policy/import/fields.ts'
import type { DossierFacts, HashedDossier } from '../policy/import/merge.ts'
import { mergeDossier } from '../policy/import/merge.ts'
import { type Entries, type Entry, HeaderFault } from '../policy/import/records.ts'
import { type IncomingDossier, readRow } from '../policy/import/row.ts'
import { clearAsides } from '../store/asides.ts'
import {
  findDossiers,
  freshenDossiers,
  lockImports,
  type SavedDossier,
  saveDossiers,
} from '../store/dossiers.ts'
import { findSource, insertImport, type SourceRow } from '../store/sources.ts'
import { type BadRow, keepAside } from './aside.ts'
import { factorHash } from './factor.ts'
import { keepCurrentRule } from './rule.ts'

/** Rows that are read, compared and written at once: the memory of an import, whatever its size. */
const BATCH = 1_000
/** Bad lines that a report names; the rest is counted. */
const MAX_ISSUES = 200

export type ImportInput = {
  source: string
  kind: 'file' | 'push' | 'pull'
  /** Rows under the mapping of the source. */
  entries: (mapping: Mapping) => Entries
  /** When the source wrote this; a row may say better. Left out: now. */
  asOf?: Date
  /** How far a pull comes with this. */
  cursor?: string
}

/** Takes back everything of the file, and carries its report out. */
class Refused extends Error {}

type Run = {
  source: SourceRow
  asOf: string
  today: LocalDate
  ruleVersion: number
  report: ImportReport
  /** Of a page that is asked for: what is wrong with a row holds up that row alone. */
  aside: BadRow[] | undefined
}

/**
 * Brings rows of a source into the mirror: all of them, or none and a report of each bad line; of a pulled page those
 * that can be read, and the others are kept aside. The same rows again change nothing. Constant memory. Throws `http.forbidden`, `dossiers.source_unknown`; a refusal is a report.
 */
export async function importDossiers(ctx: Ctx, input: ImportInput): Promise<ImportReport> {
  requireCan(ctx, 'dossiers.manage')
  const source = await findSource(ctx.db, input.source)
  if (source === undefined)
    throw new AppError('dossiers.source_unknown', { params: { source: input.source } })
  const report: ImportReport = {
    source: source.name,
    outcome: 'done',
    readRows: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    aside: 0,
    issues: [],
    moreIssues: 0,
  }
  try {
    await inSavepoint(ctx, async (tx) => {
      await lockImports(tx.db)
      const now = tx.now()
      const run: Run = {
        source,
        asOf: (input.asOf ?? now).toISOString(),
        today: localDate(now),
        ruleVersion: await keepCurrentRule(tx),
        report,
        aside: input.kind === 'pull' ? [] : undefined,
      }
      await readAll(tx, run, input.entries(source.mapping))
      if (isRefused(run)) throw new Refused()
      report.aside = await keepAside(tx, source.name, run.aside ?? [])
      await noteImport(tx, input, report)
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    Object.assign(report, { outcome: 'refused', added: 0, changed: 0, unchanged: 0 })
    await inTransaction(ctx, (tx) => noteImport(tx, input, report))
  }
  return report
}

const isRefused = ({ report: { readRows, issues }, aside }: Run): boolean =>
  aside === undefined ? issues.length > 0 : isMappingAtFault({ read: readRows, bad: aside.length })

async function noteImport(tx: Ctx, input: ImportInput, report: ImportReport): Promise<void> {
  const { source, outcome, readRows, added, changed, unchanged, issues } = report
  const id = tx.newId()
  const { kind, cursor = null } = input
  const counts = { readRows, added, changed, unchanged }
  await insertImport(tx.db, { id, source, kind, outcome, ...counts, issues, cursor, at: tx.now() })
  await audit(tx, {
    action: 'dossiers.imported',
    subjectKind: 'dossier_source',
    subjectId: source,
    data: { importId: id, kind, outcome, ...counts },
  })
}

function addIssue(report: ImportReport, issue: LineIssue): void {
  if (report.issues.length < MAX_ISSUES) report.issues.push(issue)
  else report.moreIssues += 1
}

/** Reads to the end also after a bad line, so that the report names all; a file is written no further from then on. */
async function readAll(tx: Ctx, run: Run, entries: Entries): Promise<void> {
  const { report } = run
  let batch: IncomingDossier[] = []
  let lastLine = 0
  const flush = async () => {
    if (report.issues.length === 0 || run.aside !== undefined) await applyBatch(tx, run, batch)
    batch = []
  }
  try {
    for await (const group of entries) {
      for (const entry of group) {
        lastLine = entry.line
        report.readRows += 1
        const row = readEntry(run, entry)
        if (row !== undefined) batch.push(row)
        if (batch.length >= BATCH) await flush()
      }
    }
  } catch (error) {
    if (error instanceof FileFault)
      addIssue(report, { line: lastLine + 1, column: '', reason: error.reason })
    else if (error instanceof HeaderFault)
      for (const { column, reason } of error.issues)
        addIssue(report, { line: error.line, column, reason })
    else throw error
  }
  await flush()
}

function readEntry(run: Run, { line, cells }: Entry): IncomingDossier | undefined {
  const read = readRow(cells, run.today)
  if (read.ok) return read.row
  const issues = read.issues.map(({ field, reason }) => ({
    column: run.source.mapping[field] ?? field,
    reason,
  }))
  for (const issue of issues) addIssue(run.report, { line, ...issue })
  run.aside?.push({ cells, code: read.code, issues })
  return undefined
}

async function hashed(ctx: Ctx, row: IncomingDossier): Promise<HashedDossier> {
  const { phoneTail, idTail, ...rest } = row
  return {
    ...rest,
    ...(phoneTail === undefined
      ? {}
      : { phoneHash: await factorHash(ctx, row.code, 'phone', phoneTail) }),
    ...(idTail === undefined ? {} : { idHash: await factorHash(ctx, row.code, 'id', idTail) }),
  }
}

type Known = DossierFacts & { id: string; ruleVersion: number; version: number }

async function applyBatch(tx: Ctx, run: Run, batch: readonly IncomingDossier[]): Promise<void> {
  if (batch.length === 0) return
  const { report, source } = run
  const rows = await Promise.all(batch.map((row) => hashed(tx, row)))
  const codes = [...new Set(rows.map(({ code }) => code))]
  const known = new Map<string, Known>()
  for (const row of await findDossiers(tx.db, codes)) known.set(row.code, row)
  const saved = new Map<string, SavedDossier>()
  const fresher = new Map<string, { id: string; asOf: string }>()
  for (const row of rows) {
    const before = known.get(row.code)
    const merged = mergeDossier(before, row, { asOf: run.asOf, agencyName: source.agencyName })
    if (merged.outcome === 'unchanged') {
      report.unchanged += 1
      const asOf = row.asOf ?? run.asOf
      if (before !== undefined && merged.isFresher) {
        before.asOf = asOf
        const waiting = saved.get(row.code)
        if (waiting === undefined) fresher.set(row.code, { id: before.id, asOf })
        else waiting.asOf = asOf
      }
      continue
    }
    report[merged.outcome] += 1
    const isNews = merged.outcome === 'changed' && merged.isNews
    const after: SavedDossier = {
      ...merged.facts,
      id: before?.id ?? tx.newId(),
      code: row.code,
      unitCode: source.unitCode,
      ruleVersion: before?.ruleVersion ?? run.ruleVersion,
      source: source.name,
      version: (before?.version ?? 1) + (isNews ? 1 : 0),
    }
    known.set(row.code, after)
    saved.set(row.code, after)
    fresher.delete(row.code)
  }
  await saveDossiers(tx.db, [...saved.values()], tx.now())
  await freshenDossiers(tx.db, [...fresher.values()])
  await clearAsides(tx.db, source.name, codes)
}
