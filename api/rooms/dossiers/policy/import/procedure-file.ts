import { fold } from '../../../../core/text.ts'
import type { LineIssue } from '../../import-schema.ts'
import { SaveProcedure } from '../../procedure-schema.ts'
import type { Line } from './csv.ts'
import { FileFault } from './fault.ts'

/** Columns of a file of procedures, by our names; lists are parted by `|` or a line break within the cell. */
const COLUMNS = [
  'code',
  'nameVi',
  'nameEn',
  'fieldVi',
  'papers',
  'workingDays',
  'timeVi',
  'feeVi',
  'placeVi',
  'isOnline',
  'forms',
  'lifeEvents',
  'keywords',
  'source',
  'sourceDate',
  'isIllustration',
] as const
type Column = (typeof COLUMNS)[number]

/** A procedure and where it stands: a line of a table, the number of an item in a list. */
export type ReadProcedures = {
  procedures: SaveProcedure[]
  issues: LineIssue[]
  readRows: number
}

const YES: ReadonlySet<string> = new Set(['co', 'x', '1', 'true', 'yes', 'dung'])
const list = (text: string): string[] =>
  text
    .split(/[|\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** `Tờ khai <https://…>`, or the name alone. */
function readForm(text: string): { name: string; url?: string } {
  const [, name = text, url] = /^(.*?)\s*<([^>]*)>$/.exec(text) ?? []
  return url === undefined ? { name } : { name, url }
}

/** What a cell means for its column; what does not fit is left for the check of the whole row. */
function readCell(column: Column, text: string): unknown {
  switch (column) {
    case 'papers':
    case 'lifeEvents':
    case 'keywords':
      return list(text)
    case 'forms':
      return list(text).map(readForm)
    case 'isOnline':
    case 'isIllustration':
      return YES.has(fold(text.trim()))
    case 'workingDays':
      return text.trim() === '' ? null : Number(text)
    case 'sourceDate':
      return text.trim().replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1')
    default:
      return text
  }
}

function judge(read: ReadProcedures, line: number, value: unknown): void {
  const parsed = SaveProcedure.safeParse(value)
  if (parsed.success) {
    if (read.procedures.some(({ code }) => code === parsed.data.code))
      read.issues.push({ line, column: 'code', reason: 'code_twice' })
    read.procedures.push(parsed.data)
    return
  }
  const columns = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))
  for (const column of columns) read.issues.push({ line, column, reason: 'value_bad' })
}

/** Procedures of a table whose first line names the columns; every bad cell is named. Throws FileFault. */
export async function readProcedureTable(
  groups: AsyncIterable<readonly Line[]>,
): Promise<ReadProcedures> {
  const read: ReadProcedures = { procedures: [], issues: [], readRows: 0 }
  let at: (Column | undefined)[] | undefined
  for await (const group of groups)
    for (const { line, cells } of group) {
      if (at === undefined) {
        const names = cells.map((cell) => COLUMNS.find((name) => name === cell.trim()))
        at = names
        for (const column of COLUMNS) {
          const count = names.filter((name) => name === column).length
          if (count !== 1)
            read.issues.push({
              line,
              column,
              reason: count === 0 ? 'column_missing' : 'column_twice',
            })
        }
        if (read.issues.length > 0) return read
        continue
      }
      read.readRows += 1
      const places = [...at.entries()]
      const row = places.flatMap(([i, column]) =>
        column === undefined ? [] : [[column, readCell(column, cells[i] ?? '')] as const],
      )
      judge(read, line, Object.fromEntries(row))
    }
  if (at === undefined) throw new FileFault('empty')
  return read
}

/** Procedures of a JSON file: a list, or `{"procedures": [...]}`. Throws FileFault `not_json`. */
export async function readProcedureJson(pieces: AsyncIterable<string>): Promise<ReadProcedures> {
  let text = ''
  for await (const piece of pieces) text += piece
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new FileFault('not_json')
  }
  const items = Array.isArray(value)
    ? value
    : (value as { procedures?: unknown } | null)?.procedures
  if (!Array.isArray(items)) throw new FileFault('not_json')
  const read: ReadProcedures = { procedures: [], issues: [], readRows: items.length }
  for (const [i, item] of items.entries()) judge(read, i + 1, item)
  return read
}
