import { decideScam } from './decide.ts'
import { readMessage, type Subject } from './subjects.ts'

export type FileFault = { line: number; reason: 'unreadable' | 'official' }
type Found = Pick<Subject, 'kind' | 'subject'>

const MOST_FAULTS = 100

/** The first cell of a line: what follows a comma, semicolon or tab is the list's own business. */
const firstCell = (line: string): string =>
  (line.split(/[,;\t]/)[0] ?? '').trim().replace(/^"(.*)"$/, '$1')

/**
 * A list of known frauds: one address, telephone number, or `STK` with an account a line, in the first column; empty
 * lines, lines after `#` and a first line that names the columns are passed over. Each line is counted from 1.
 * `hotlines`: numbers of our own, in digits; these and addresses of the state are faults, never frauds.
 */
export function readScamFile(
  text: string,
  hotlines: readonly string[],
): { subjects: Found[]; faults: FileFault[] } {
  const found = new Map<string, Found>()
  const faults: FileFault[] = []
  const own = hotlines.map((subject) => ({ kind: 'phone', subject, state: 'official' }) as const)
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  for (const [i, line] of lines.entries()) {
    const cell = firstCell(line)
    if (cell === '' || cell.startsWith('#')) continue
    const reading = readMessage(cell)
    const [one] = reading.subjects
    if (one === undefined && i === 0) continue
    if (one === undefined || reading.subjects.length > 1)
      faults.push({ line: i + 1, reason: 'unreadable' })
    else if (decideScam(reading, own).items[0]?.verdict === 'official')
      faults.push({ line: i + 1, reason: 'official' })
    else found.set(`${one.kind}:${one.subject}`, { kind: one.kind, subject: one.subject })
  }
  return { subjects: [...found.values()], faults: faults.slice(0, MOST_FAULTS) }
}
