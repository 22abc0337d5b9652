import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { requireCan } from '../../identity/index.ts'
import type { LineIssue, Preview } from '../import-schema.ts'
import { stateName } from '../messages/words.ts'
import type { Line } from '../policy/import/csv.ts'
import { FileFault } from '../policy/import/fault.ts'
import { guessMapping, locate, type Mapping, unusedColumns } from '../policy/import/fields.ts'
import { readRow } from '../policy/import/row.ts'
import { findSource } from '../store/sources.ts'

/** Rows that a preview reads. */
const PREVIEW_ROWS = 20

/** The header and the first rows; a file that cannot be read on says so with a line. */
async function readStart(
  groups: AsyncIterable<readonly Line[]>,
): Promise<{ lines: Line[]; issues: LineIssue[] }> {
  const lines: Line[] = []
  try {
    for await (const group of groups) {
      lines.push(...group)
      if (lines.length > PREVIEW_ROWS) break
    }
    if (lines.length === 0) throw new FileFault('empty')
    return { lines, issues: [] }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const line = (lines.at(-1)?.line ?? 0) + 1
    return { lines, issues: [{ line, column: '', reason: error.reason }] }
  }
}

/**
 * The first rows of a file as they would be read, nothing kept: columns, mapping (the one given, else the one kept for
 * the source, else a guess), columns that it leaves out, masked sample, faults.
 */
export async function previewFile(
  ctx: Ctx,
  groups: AsyncIterable<readonly Line[]>,
  options: { source?: string; mapping?: Mapping },
): Promise<Preview> {
  requireCan(ctx, 'dossiers.manage')
  const { lines, issues } = await readStart(groups)
  const [header, ...rows] = lines
  const columns = header?.cells ?? []
  const kept = options.source === undefined ? undefined : await findSource(ctx.db, options.source)
  const mapping: Mapping = options.mapping ?? kept?.mapping ?? guessMapping(columns)
  if (header === undefined) return { columns, mapping, unused: [], sample: [], issues }
  const located = locate(columns, mapping)
  for (const one of located.issues) issues.push({ line: header.line, ...one })
  const today = localDate(ctx.now())
  const sample: Preview['sample'] = []
  for (const { line, cells } of rows.slice(0, PREVIEW_ROWS)) {
    const named = [...located.at].map(([field, i]) => [field, cells[i] ?? ''])
    const read = readRow(Object.fromEntries(named), today)
    if (!read.ok) {
      for (const { field, reason } of read.issues)
        issues.push({ line, column: mapping[field] ?? field, reason })
      continue
    }
    const { code, procedureName, state, receivedAt, dueAt, applicantMasked = '' } = read.row
    const words = { code, procedureName, state, stateName: stateName(ctx.t, state) }
    sample.push({ line, ...words, receivedAt, dueAt, applicantMasked })
  }
  return { columns, mapping, unused: unusedColumns(columns, mapping), sample, issues }
}
