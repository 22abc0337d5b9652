/** What a spreadsheet would run as a formula when it stands first in a cell. */
const FORMULA = /^[\s\u00A0]*[=+\-@\t\r|%]/

/** One cell: text that looks like a formula gets an apostrophe, quotes only where they are needed (RFC 4180). */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line with its end. */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`
