import { SaxesParser } from 'saxes'
import type { Line } from './csv.ts'
import { FileFault } from './fault.ts'
import { readZip, unpack, type ZipEntry } from './zip.ts'

/** Texts that cells share are held at once: so many signs at most, which is more than the largest exports have. */
const MAX_SHARED_SIGNS = 64_000_000
/** A packed part that grows beyond this is a bomb, not a table. */
const MAX_PART_BYTES = 4_000_000_000
const MAX_COLUMNS = 300
const MAX_CELL_SIGNS = 100_000
/** Built-in formats of dates and times (ECMA-376 part 1, 18.8.30). */
const DATE_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])
/** 31/12/9999, the last day that a spreadsheet knows. */
const LAST_SERIAL = 2_958_465
/** Day 0 of Excel's calendar, which counts a 29 February 1900 that never was; of the old one for the Mac. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30)
const EPOCH_1904_MS = Date.UTC(1904, 0, 1)

const bad = () => new FileFault('not_a_workbook')
type Attributes = Record<string, string>
type Handlers = {
  open?: (name: string, attributes: Attributes) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads one XML part through handlers; after each piece of it `pause` may hand out what has come together. */
async function* readPart<T>(
  file: Blob,
  entry: ZipEntry,
  handlers: Handlers,
  pause: () => T | undefined,
): AsyncGenerator<T> {
  const parser = new SaxesParser()
  let fault: Error | undefined
  parser.on('error', (error) => {
    fault ??= error
  })
  parser.on('doctype', () => {
    fault ??= bad()
  })
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(bare(name), attributes))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('closetag', ({ name }) => handlers.close?.(bare(name)))
  const decoder = new TextDecoder('utf-8')
  let bytes = 0
  for await (const piece of unpack(file, entry)) {
    bytes += piece.length
    if (bytes > MAX_PART_BYTES) throw bad()
    parser.write(decoder.decode(piece, { stream: true }))
    if (fault !== undefined) throw bad()
    const ready = pause()
    if (ready !== undefined) yield ready
  }
  parser.close()
  if (fault !== undefined) throw bad()
  const ready = pause()
  if (ready !== undefined) yield ready
}

/** The same for a part that is read to its end. */
async function readWhole(file: Blob, entry: ZipEntry | undefined, handlers: Handlers) {
  if (entry === undefined) return
  for await (const _piece of readPart(file, entry, handlers, () => undefined)) {
    // Nothing is handed out.
  }
}

async function readShared(file: Blob, entry: ZipEntry | undefined): Promise<string[]> {
  const shared: string[] = []
  let current = ''
  let signs = 0
  let inText = false
  let inSound = 0
  await readWhole(file, entry, {
    open: (name) => {
      if (name === 'si') current = ''
      if (name === 'rPh') inSound += 1
      inText = name === 't' && inSound === 0
    },
    text: (text) => {
      if (!inText) return
      signs += text.length
      if (signs > MAX_SHARED_SIGNS) throw new FileFault('workbook_too_large')
      current += text
    },
    close: (name) => {
      inText = false
      if (name === 'rPh') inSound -= 1
      if (name === 'si') shared.push(current)
    },
  })
  return shared
}

/** A format of one's own that writes days or hours: letters outside of quoted text and brackets. */
const isDateCode = (code: string): boolean =>
  /[dmyhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

/** For each cell style whether it writes a date. */
async function readDateStyles(file: Blob, entry: ZipEntry | undefined): Promise<boolean[]> {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  await readWhole(file, entry, {
    open: (name, { numFmtId, formatCode = '' }) => {
      const id = Number(numFmtId)
      if (name === 'numFmt') own.set(id, isDateCode(formatCode))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(own.get(id) ?? DATE_FORMATS.has(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** Where the first sheet lies, and from which day its dates count. */
async function readBook(file: Blob, parts: ReadonlyMap<string, ZipEntry>) {
  let sheetId: string | undefined
  let epochMs = EPOCH_1900_MS
  const book = parts.get('xl/workbook.xml')
  if (book === undefined) throw bad()
  await readWhole(file, book, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? ''))
        epochMs = EPOCH_1904_MS
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => bare(key) === 'id' && key !== 'id')
      sheetId ??= id?.[1]
    },
  })
  let target: string | undefined
  await readWhole(file, parts.get('xl/_rels/workbook.xml.rels'), {
    open: (_name, { Id, Target }) => {
      if (Id !== undefined && Id === sheetId) target = Target
    },
  })
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target}`
  const sheet = parts.get(path)
  if (sheet === undefined) throw bad()
  return { sheet, epochMs }
}

/** `AB12` → 27; undefined where a cell does not say where it stands. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** `2026-11-20 08:30`, or the day alone where no hour is given. */
function dateText(serial: number, epochMs: number): string {
  if (serial < 0 || serial > LAST_SERIAL) return String(serial)
  const minutes = Math.round(serial * 1_440)
  const iso = new Date(epochMs + minutes * 60_000).toISOString()
  return minutes % 1_440 === 0 ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
}

/**
 * The rows of a workbook's first sheet as texts, piece by piece: shared texts looked up, dates written as days of Viet Nam,
 * formulas by the value that was last computed. A title above the table (one cell alone) is passed over. Holds the shared
 * texts and one piece of the sheet. Throws FileFault.
 */
export async function* readXlsx(file: Blob): AsyncGenerator<Line[]> {
  const parts = await readZip(file)
  const { sheet, epochMs } = await readBook(file, parts)
  const shared = await readShared(file, parts.get('xl/sharedStrings.xml'))
  const isDate = await readDateStyles(file, parts.get('xl/styles.xml'))
  let rows: Line[] = []
  let cells: string[] = []
  let line = 0
  let column = -1
  let cell: { kind: string; style: number; text: string } | undefined
  let takesText = false
  let isAboveTable = true
  const cellText = ({ kind, style, text }: NonNullable<typeof cell>): string => {
    if (kind === 's') return shared[Number(text)] ?? ''
    if (kind === 'b') return text === '1' ? 'x' : ''
    if (kind === 'e') return ''
    const isNumber = kind === 'n' && text !== '' && Number.isFinite(Number(text))
    if (!isNumber) return text
    return isDate[style] === true ? dateText(Number(text), epochMs) : plainNumber(text)
  }
  const pieces = readPart(
    file,
    sheet,
    {
      open: (name, attributes) => {
        if (name === 'row') {
          line = Number(attributes.r ?? line + 1)
          cells = []
          column = -1
        } else if (name === 'c') {
          column = columnOf(attributes.r) ?? column + 1
          cell = { kind: attributes.t ?? 'n', style: Number(attributes.s ?? -1), text: '' }
        }
        takesText = cell !== undefined && (name === 'v' || name === 't')
      },
      text: (text) => {
        if (!takesText || cell === undefined) return
        cell.text += text
        if (cell.text.length > MAX_CELL_SIGNS) throw new FileFault('line_too_long')
      },
      close: (name) => {
        takesText = false
        if (name === 'c' && cell !== undefined) {
          if (column >= MAX_COLUMNS) throw new FileFault('line_too_long')
          while (cells.length < column) cells.push('')
          cells[column] = cellText(cell)
          cell = undefined
        }
        if (name !== 'row') return
        const filled = cells.filter((text) => text.trim() !== '').length
        if (filled === 0 || (isAboveTable && filled === 1)) return
        isAboveTable = false
        rows.push({ line, cells })
      },
    },
    () => {
      if (rows.length === 0) return undefined
      const ready = rows
      rows = []
      return ready
    },
  )
  for await (const ready of pieces) yield ready
}

/** Long numbers (of identity cards) without an exponent. */
const plainNumber = (text: string): string =>
  /e/i.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text
