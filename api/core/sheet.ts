import { csvCell, csvLine } from './csv.ts'
import { type Cell, xlsxOf } from './xlsx.ts'

export type SheetFile = { body: string | Uint8Array<ArrayBuffer>; type: string; name: string }
export type SheetFormat = 'csv' | 'xlsx'

/** Text that a spreadsheet would run is made harmless in both formats, because a workbook may be saved as CSV later. */
const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' && csvCell(cell).replace(/^"/, '').startsWith("'") ? `'${cell}` : cell

/** Lines, the first of them the head, as a file; `name` without its ending. */
export function sheetFile(
  lines: readonly (readonly Cell[])[],
  { format, name, title }: { format: SheetFormat; name: string; title: string },
): SheetFile {
  if (format === 'csv')
    return {
      body: `\uFEFF${lines.map((line) => csvLine([...line])).join('')}`,
      type: 'text/csv; charset=utf-8',
      name: `${name}.csv`,
    }
  return {
    body: xlsxOf(
      title,
      lines.map((line) => line.map(harmless)),
    ),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: `${name}.xlsx`,
  }
}
