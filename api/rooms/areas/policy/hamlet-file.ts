import type { Issue } from '../../../core/errors.ts'
import { clean } from '../../../core/text.ts'
import { unitByCode } from '../data/index.ts'
import type { HamletKind } from '../data/kinds.ts'
import { HamletRow } from '../schema.ts'
import { areaKey } from './spelling.ts'

export type Hamlet = {
  unitCode: string
  code: string | null
  name: string
  folded: string
  kind: HamletKind
  lng: number | null
  lat: number | null
  validFrom: string
  validTo: string | null
}

/** ~1 km around the unit's box: a hamlet's point may be a house at the border. */
const MARGIN_DEG = 0.01
const MAX_ISSUES = 100

const KIND_PREFIX = /^(thôn|thon|tổ dân phố|to dan pho|tdp|tổ)[\s.]+(?=\S)/iu

/** "Thôn Phước Yên" → thon, "Phước Yên"; "TDP 5" → to_dan_pho, "5"; a bare name is a thôn unless told otherwise. */
function splitKind(raw: string, kind: HamletKind | undefined): { name: string; kind: HamletKind } {
  const text = clean(raw).replace(/\s+/g, ' ')
  const prefix = KIND_PREFIX.exec(text)
  if (prefix === null) return { name: text, kind: kind ?? 'thon' }
  const said = /^th/i.test(prefix[0]) ? 'thon' : 'to_dan_pho'
  return { name: text.slice(prefix[0].length), kind: kind ?? said }
}

/** RFC 4180: commas or semicolons, quotes doubled inside quotes; the first line names the columns. */
function parseCsv(text: string): Record<string, string>[] {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const comma = /^[^\n]*;/.test(source) && !/^[^\n]*,/.test(source) ? ';' : ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((value) => value !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < source.length; i++) {
    const sign = source.charAt(i)
    if (isQuoted && sign === '"' && source.charAt(i + 1) === '"') {
      cell += '"'
      i += 1
    } else if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && sign === comma) endCell()
    else if (!isQuoted && sign === '\n') endRow()
    else cell += sign
  }
  endRow()
  const [head = [], ...body] = rows
  return body.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])))
}

/** A CSV cell as a row's field: empty is absent, coordinates are numbers. */
function fromCsv(record: Record<string, string>): Record<string, unknown> {
  const entries = Object.entries(record).filter(([, value]) => value !== '')
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'lng' || key === 'lat' ? Number(value) : value]),
  )
}

function readRows(input: string | readonly unknown[]): readonly unknown[] | undefined {
  if (typeof input !== 'string') return input
  if (!/^[\s\uFEFF]*[[{]/.test(input)) return parseCsv(input).map(fromCsv)
  try {
    const json: unknown = JSON.parse(input.replace(/^\uFEFF/, ''))
    if (Array.isArray(json)) return json
    if (typeof json === 'object' && json !== null && 'hamlets' in json) {
      return Array.isArray(json.hamlets) ? json.hamlets : undefined
    }
  } catch {
    return undefined
  }
  return undefined
}

/** Reads CSV (columns as the fields of `HamletRow`), a JSON list, or rows; every bad row is reported by its number. */
export function checkHamlets(input: string | readonly unknown[]): {
  hamlets: Hamlet[]
  issues: Issue[]
} {
  const rows = readRows(input)
  if (rows === undefined) return { hamlets: [], issues: [{ path: '', code: 'not_json' }] }
  const issues: Issue[] = []
  const hamlets: Hamlet[] = []
  const numbers: number[] = []
  if (rows.length === 0) issues.push({ path: '', code: 'empty' })
  rows.forEach((row, i) => {
    const path = `rows.${i}`
    const parsed = HamletRow.safeParse(row)
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        issues.push({ path: [path, ...issue.path.map(String)].join('.'), code: issue.code })
      return
    }
    const { name, kind } = splitKind(parsed.data.name, parsed.data.kind)
    const { unitCode, code, lng, lat, validFrom, validTo } = parsed.data
    const hamlet: Hamlet = {
      unitCode,
      code: code ?? null,
      name,
      folded: areaKey(name),
      kind,
      lng: lng ?? null,
      lat: lat ?? null,
      validFrom,
      validTo: validTo ?? null,
    }
    for (const fault of faultsOf(hamlet))
      issues.push({ path: `${path}.${fault[0]}`, code: fault[1] })
    hamlets.push(hamlet)
    numbers.push(i)
  })
  for (const at of overlapsOf(hamlets))
    issues.push({ path: `rows.${numbers[at]}.name`, code: 'duplicate' })
  return { hamlets, issues: issues.slice(0, MAX_ISSUES) }
}

function faultsOf(hamlet: Hamlet): [string, string][] {
  const faults: [string, string][] = []
  const unit = unitByCode(hamlet.unitCode)
  if (unit === undefined) faults.push(['unitCode', 'unknown_code'])
  if (hamlet.folded === '') faults.push(['name', 'no_name'])
  if ((hamlet.lng === null) !== (hamlet.lat === null)) faults.push(['lng', 'bad_position'])
  if (hamlet.validTo !== null && hamlet.validTo < hamlet.validFrom)
    faults.push(['validTo', 'bad_dates'])
  if (unit !== undefined && hamlet.lng !== null && hamlet.lat !== null) {
    const { west, south, east, north } = unit.bbox
    const isNear =
      hamlet.lng >= west - MARGIN_DEG &&
      hamlet.lng <= east + MARGIN_DEG &&
      hamlet.lat >= south - MARGIN_DEG &&
      hamlet.lat <= north + MARGIN_DEG
    if (!isNear) faults.push(['lng', 'elsewhere'])
  }
  return faults
}

/**
 * Positions of hamlets that share unit, kind, name and a day with an earlier one: two answers to one question.
 */
export function overlapsOf(hamlets: readonly Hamlet[]): number[] {
  const clashes: number[] = []
  const seen = new Map<string, { validFrom: string; validTo: string | null }[]>()
  hamlets.forEach((hamlet, i) => {
    const key = `${hamlet.unitCode} ${hamlet.kind} ${hamlet.name}`
    const others = seen.get(key) ?? []
    const clash = others.some(
      (other) =>
        other.validFrom <= (hamlet.validTo ?? '9999-12-31') &&
        hamlet.validFrom <= (other.validTo ?? '9999-12-31'),
    )
    if (clash) clashes.push(i)
    seen.set(key, [...others, hamlet])
  })
  return clashes
}
