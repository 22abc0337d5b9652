import type { Ctx } from '../../../context.ts'
import { requireCan } from '../../identity/index.ts'
import { readCsv } from '../policy/import/csv.ts'
import { decodeText } from '../policy/import/decode.ts'
import { FileFault } from '../policy/import/fault.ts'
import {
  type ReadProcedures,
  readProcedureJson,
  readProcedureTable,
} from '../policy/import/procedure-file.ts'
import type { ProcedureImport } from '../procedure-schema.ts'
import { saveProcedures } from './procedures.ts'

/** As one call of `saveProcedures` takes. */
const MAX = 2_000

async function readFile(
  kind: 'csv' | 'json',
  bytes: AsyncIterable<Uint8Array>,
): Promise<ReadProcedures> {
  try {
    const text = decodeText(bytes)
    return kind === 'csv' ? await readProcedureTable(readCsv(text)) : await readProcedureJson(text)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const issue = { line: 1, column: '', reason: error.reason }
    return { procedures: [], issues: [issue], readRows: 0 }
  }
}

/**
 * A file of procedures with their source and its date: all of it, or none and a report of each bad cell. The same file
 * again changes nothing that is read. Throws `http.forbidden`; a refusal is a report.
 */
export async function importProcedures(
  ctx: Ctx,
  input: { kind: 'csv' | 'json'; bytes: AsyncIterable<Uint8Array> },
): Promise<ProcedureImport> {
  requireCan(ctx, 'dossiers.manage')
  const { procedures, issues, readRows } = await readFile(input.kind, input.bytes)
  if (issues.length === 0 && readRows === 0) issues.push({ line: 1, column: '', reason: 'empty' })
  if (procedures.length > MAX) issues.push({ line: MAX + 1, column: '', reason: 'too_many_rows' })
  if (issues.length > 0) return { outcome: 'refused', readRows, saved: 0, issues }
  const saved = await saveProcedures(ctx, { procedures })
  return { outcome: 'done', readRows, saved, issues }
}
