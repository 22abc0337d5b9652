import { FileFault } from './fault.ts'

/** A row with the line on which it begins, counted from 1 as editors do. */
export type Line = { line: number; cells: string[] }

/** Longer rows are an open quote or no table at all; bounds what is held in memory. */
const MAX_ROW = 200_000
const MAX_CELLS = 300
const DELIMITERS = [',', ';', '\t', '|'] as const

/** The sign that parts most of the first line. */
export function detectDelimiter(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((sign) => bare.split(sign).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/**
 * RFC 4180 over pieces of text: quotes doubled inside quotes, line breaks inside quotes, CRLF, CR or LF, a byte order
 * mark, Excel's `sep=;` line. Empty rows are left out. Yields rows in groups, one group a piece.
 */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<Line[]> {
  const state: Parsing = {
    delimiter: undefined,
    line: 1,
    startedOn: 1,
    cells: [],
    cell: '',
    size: 0,
    isQuoted: false,
    wasQuoted: false,
    endsInQuote: false,
    endsInReturn: false,
  }
  let rest = ''
  let isFirst = true
  for await (const piece of pieces) {
    let text = rest + piece
    if (isFirst && text !== '') {
      text = text.replace(/^\uFEFF/, '')
      isFirst = false
    }
    if (state.delimiter === undefined) {
      const end = text.search(/[\r\n]/)
      if (end < 0 && text.length < MAX_ROW) {
        rest = text
        continue
      }
      const named = /^sep=(.)\r?\n/.exec(text)
      state.delimiter = named?.[1] ?? detectDelimiter(end < 0 ? text : text.slice(0, end))
      if (named !== null) {
        text = text.slice(named[0].length)
        state.line = 2
        state.startedOn = 2
      }
    }
    rest = ''
    const rows = parse(state, text)
    if (rows.length > 0) yield rows
  }
  state.delimiter ??= detectDelimiter(rest)
  const rows = parse(state, rest)
  if (state.isQuoted && !state.endsInQuote) throw new FileFault('quote_open')
  if (state.cell !== '' || state.cells.length > 0) endRow(state, rows)
  if (rows.length > 0) yield rows
}

type Parsing = {
  delimiter: string | undefined
  line: number
  startedOn: number
  cells: string[]
  cell: string
  size: number
  isQuoted: boolean
  /** The cell began with a quote: its spaces are meant. */
  wasQuoted: boolean
  /** The piece ended on a quote inside quotes: closing, or the first of two. */
  endsInQuote: boolean
  /** The piece ended on CR: an LF that follows belongs to it. */
  endsInReturn: boolean
}

function endCell(state: Parsing): void {
  state.cells.push(state.wasQuoted ? state.cell : state.cell.trim())
  state.cell = ''
  state.wasQuoted = false
  if (state.cells.length > MAX_CELLS) throw new FileFault('line_too_long')
}

function endRow(state: Parsing, rows: Line[]): void {
  endCell(state)
  if (state.cells.some((cell) => cell !== ''))
    rows.push({ line: state.startedOn, cells: state.cells })
  state.cells = []
  state.size = 0
}

function parse(state: Parsing, text: string): Line[] {
  const rows: Line[] = []
  const { delimiter = ',' } = state
  const plain = new RegExp(`[^"\\r\\n${delimiter === '|' ? '\\|' : delimiter}]+`, 'y')
  for (let i = resume(state, text); i < text.length; ) {
    if (state.isQuoted) {
      i = quoted(state, text, i)
      continue
    }
    plain.lastIndex = i
    const [run] = plain.exec(text) ?? []
    if (run !== undefined) {
      add(state, run)
      i += run.length
      continue
    }
    const sign = text.charAt(i)
    if (sign === '"') {
      const isOpening = state.cell.trim() === '' && !state.wasQuoted
      if (isOpening) {
        state.cell = ''
        state.isQuoted = true
        state.wasQuoted = true
      } else add(state, sign)
    } else if (sign === delimiter) endCell(state)
    else {
      if (sign === '\r' && i + 1 === text.length) state.endsInReturn = true
      if (sign === '\r' && text.charAt(i + 1) === '\n') i += 1
      endRow(state, rows)
      state.line += 1
      state.startedOn = state.line
    }
    i += 1
  }
  return rows
}

/** Decides what the last sign of the piece before meant; returns where reading begins. */
function resume(state: Parsing, text: string): number {
  if (text === '') return 0
  const { endsInQuote, endsInReturn } = state
  state.endsInQuote = false
  state.endsInReturn = false
  if (endsInReturn) return text.startsWith('\n') ? 1 : 0
  if (!endsInQuote) return 0
  if (text.startsWith('"')) {
    add(state, '"')
    return 1
  }
  state.isQuoted = false
  return 0
}

function add(state: Parsing, run: string): void {
  state.cell += run
  state.size += run.length
  if (state.size > MAX_ROW) throw new FileFault('line_too_long')
}

/** Inside quotes up to the closing one; returns where reading goes on. */
function quoted(state: Parsing, text: string, from: number): number {
  const end = text.indexOf('"', from)
  const run = text.slice(from, end < 0 ? text.length : end)
  add(state, run)
  state.line += run.split('\n').length - 1
  if (end < 0) return text.length
  if (end + 1 === text.length) {
    state.endsInQuote = true
    return text.length
  }
  if (text.charAt(end + 1) === '"') {
    add(state, '"')
    return end + 2
  }
  state.isQuoted = false
  return end + 1
}
