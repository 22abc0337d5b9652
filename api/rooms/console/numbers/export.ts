import type { Ctx } from '../../../context.ts'
import { type SheetFile, type SheetFormat, sheetFile } from '../../../core/sheet.ts'
import { formatDate } from '../../../core/time.ts'
import type { Cell } from '../../../core/xlsx.ts'
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
    COLUMNS.map((column) => t(`desk:numbers.column.${column}`)),
    ...numbers.rows.map((row) => lineOf(row.name === '' ? t('desk:numbers.none') : row.name, row)),
    lineOf(t('desk:numbers.total'), numbers.total),
  ]
}

/** The same figures as a file; that somebody took them is audited. Throws as `readNumbers`. */
export async function exportNumbers(
  ctx: Ctx,
  input: unknown,
  format: SheetFormat,
): Promise<SheetFile> {
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
  const title = ctx.t('desk:numbers.sheet', { from: formatDate(from), to: formatDate(to) })
  const name = `loa-${by}-${from}-${to}`
  return sheetFile(linesOf(ctx, numbers), { format, name, title })
}
