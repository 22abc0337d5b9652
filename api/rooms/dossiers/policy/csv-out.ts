/** Signs with which a spreadsheet begins a formula (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

/** One cell of a CSV file that no spreadsheet runs; plain negative numbers stay numbers. */
export function csvCell(value: string): string {
  const isNumber = /^-?\d+([.,]\d+)?$/.test(value)
  const safe = FORMULA.test(value) && !isNumber ? `'${value}` : value
  return /[",;\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180 with a byte order mark, so that spreadsheets read Vietnamese. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`
