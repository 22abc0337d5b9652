import type { Ctx } from '../../../context.ts'
import { csvCell, csvLine } from '../../../core/csv.ts'
import { formatDate } from '../../../core/time.ts'
import { type Cell, xlsxOf } from '../../../core/xlsx.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { Figures, Numbers } from './schema.ts'
import { readNumbers } from './service.ts'

const COLUMNS = [
  'name',
  'received',
  'open',
  'on_time',
  'late',
  'answered',
  'reopened',
  'accept_median',
  'accept_p90',
  'answer_median',
  'answer_p90',
  'rated',
  'rating',
  'per_1000',
] as const

const lineOf = (name: string, row: Figures): Cell[] => [
  name,
  row.received,
  row.open,
  row.onTime,
  row.late,
  row.answered,
  row.reopened,
  row.hoursToAccept.median,
  row.hoursToAccept.p90,
  row.hoursToAnswer.median,
  row.hoursToAnswer.p90,
  row.rated,
  row.rating,
  row.per1000,
]

function linesOf({ t }: Ctx, numbers: Numbers): Cell[][] {
  return [
    COLUMNS.map((column) => t(`console:numbers.column.${column}`)),
    ...numbers.rows.map((row) =>
      lineOf(row.name === '' ? t('console:numbers.none') : row.name, row),
    ),
    lineOf(t('console:numbers.total'), numbers.total),
  ]
}

/** Text that a spreadsheet would run is made harmless in both formats, because a workbook may be saved as CSV later. */
const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' && csvCell(cell).replace(/^"/, '').startsWith("'") ? `'${cell}` : cell

export type NumbersFile = { body: string | Uint8Array<ArrayBuffer>; type: string; name: string }

/** The same figures as a file; that somebody took them is audited. Throws as `readNumbers`. */
export async function exportNumbers(
  ctx: Ctx,
  input: unknown,
  format: 'csv' | 'xlsx',
): Promise<NumbersFile> {
  const numbers = await readNumbers(ctx, input)
  const { from, to, by } = numbers
  await inTransaction(ctx, (tx) =>
    audit(tx, {
      action: 'console.export_numbers',
      subjectKind: 'numbers',
      subjectId: by,
      data: { from, to, format, rows: numbers.rows.length },
    }),
  )
  const lines = linesOf(ctx, numbers)
  const name = `loa-${by}-${from}-${to}.${format}`
  if (format === 'csv')
    return { body: `\uFEFF${lines.map(csvLine).join('')}`, type: 'text/csv; charset=utf-8', name }
  const title = ctx.t('console:numbers.sheet', { from: formatDate(from), to: formatDate(to) })
  return {
    body: xlsxOf(
      title,
      lines.map((line) => line.map(harmless)),
    ),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name,
  }
}
