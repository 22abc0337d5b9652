import { fold } from '../../../core/text.ts'
import { isLocalDate, localInstant } from '../../../core/time.ts'

export type CsvRow = {
  line: number
  station: string
  property: string
  at: string
  value: number
  unit?: string
}
export type CsvFault = { line: number; code: CsvFaultCode }
export type CsvFaultCode = 'columns' | 'station' | 'property' | 'time' | 'value'

const COLUMNS = ['station', 'property', 'at', 'value', 'unit'] as const
type ColumnName = (typeof COLUMNS)[number]

/** `2026-11-27 14:00` is Viet Nam's time; with an offset or Z it is what it says. */
function readTime(text: string): string | undefined {
  const [, date, hhmm] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?$/.exec(text) ?? []
  if (date !== undefined && hhmm !== undefined) {
    if (!isLocalDate(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(hhmm)) return undefined
    return localInstant(date, hhmm).toISOString()
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text))
    return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

/** A decimal comma where the semicolon separates. */
function readValue(text: string, separator: string): number | undefined {
  const plain = separator === ';' ? text.replace(',', '.') : text
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

/**
 * Reads `station,property,at,value[,unit]` with a heading line; comma, semicolon or tab. Every bad line is named, so that
 * a file is mended in one go.
 */
export function parseReadingsCsv(text: string): { rows: CsvRow[]; faults: CsvFault[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const heading = lines[0] ?? ''
  const separator = [';', '\t'].find((sign) => heading.includes(sign)) ?? ','
  const cells = (line: string) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const names = cells(heading).map(fold)
  const position = Object.fromEntries(COLUMNS.map((c) => [c, names.indexOf(c)])) as Record<
    ColumnName,
    number
  >
  if (COLUMNS.some((c) => c !== 'unit' && position[c] < 0))
    return { rows: [], faults: [{ line: 1, code: 'columns' }] }
  const rows: CsvRow[] = []
  const faults: CsvFault[] = []
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue
    const row = cells(line)
    const read = readRow((c) => row[position[c]] ?? '', separator)
    if (typeof read === 'string') faults.push({ line: i + 1, code: read })
    else rows.push({ ...read, line: i + 1 })
  }
  return { rows, faults }
}

function readRow(
  cell: (column: ColumnName) => string,
  separator: string,
): Omit<CsvRow, 'line'> | CsvFaultCode {
  const station = cell('station')
  const property = cell('property')
  const at = readTime(cell('at'))
  const value = readValue(cell('value'), separator)
  if (station === '' || station.length > 40) return 'station'
  if (property === '' || property.length > 40) return 'property'
  if (at === undefined) return 'time'
  if (value === undefined) return 'value'
  const unit = cell('unit')
  return { station, property, at, value, ...(unit === '' ? {} : { unit: unit.slice(0, 20) }) }
}
