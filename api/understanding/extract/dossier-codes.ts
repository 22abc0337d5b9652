import type { Span } from './flat.ts'

/**
 * Codes of administrative dossiers: `000.00.09.H57-230215-0012` (Circular 01/2018/TT-VPCP art. 19) and
 * `H57.12-251103-0042` (unit codes by Decision 20/2020/QĐ-TTg), with the slips of typing: spaces, missing dots and
 * dashes, O for 0, I or l for 1, lower case. The date must be one of the calendar. There is no check sign.
 */
const D = '[0-9oil]'
const SEP = '[\\s.,_-]{0,3}'
const DASH = '[\\s.,_/-]{0,4}'
const DATE = `(${D}{2}${SEP}${D}{2}${SEP}${D}{2})`
const LEGACY = new RegExp(
  `(?<![a-z0-9])(${D}{3})${SEP}(${D}{2})${SEP}(${D}{2})${SEP}([a-z])\\s?(\\d{2})${DASH}${DATE}${DASH}(${D}{4})(?![0-9])`,
  'g',
)
const NEW = new RegExp(
  `(?<![a-z0-9.])([a-z])\\s?(\\d{2})((?:[\\s.,_/-]{0,3}${D}){9,24})(?![0-9])`,
  'g',
)
/** Running numbers have four digits; other lengths occur. */
const NUMBER_LENGTHS = [4, 5, 3, 6]
const MAX_CHILD = 3

export type FoundCode = Span & { code: string }

const digits = (text: string): string =>
  text
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
    .replace(/[^0-9]/g, '')

function isDate(yymmdd: string): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(yymmdd.slice(at, at + 2)))
  if (year === undefined || month === undefined || day === undefined) return false
  const at = new Date(Date.UTC(2000 + year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}

/** Dossier codes in a flat text, canonical, in order. */
export function findDossierCodes(text: string): FoundCode[] {
  const found: FoundCode[] = []
  const add = (match: RegExpMatchArray, code: string) => {
    const start = match.index ?? 0
    const end = start + match[0].length
    if (!found.some((f) => f.start < end && start < f.end)) found.push({ code, start, end })
  }
  for (const match of text.matchAll(LEGACY)) {
    const [, a = '', b = '', c = '', letter = '', province = '', date = '', number = ''] = match
    const at = digits(date)
    if (!isDate(at)) continue
    const unit = [digits(a), digits(b), digits(c), letter.toUpperCase() + province].join('.')
    add(match, `${unit}-${at}-${digits(number)}`)
  }
  for (const match of text.matchAll(NEW)) {
    const [, letter = '', province = '', rest = ''] = match
    const code = readRest(rest)
    if (code !== undefined) add(match, `${letter.toUpperCase()}${province}${code}`)
  }
  return found.sort((a, b) => a.start - b.start)
}

/** `.12-251103-0042` out of the digits behind the province, cut where the typed groups end if a date stands there. */
function readRest(rest: string): string | undefined {
  const groups = rest
    .split(/[\s.,_/-]+/)
    .filter((group) => group !== '')
    .map(digits)
  const all = groups.join('')
  const ends = new Set([0])
  for (const [i, group] of groups.entries())
    ends.add([...groups.slice(0, i), group].join('').length)
  let best: { score: number; code: string } | undefined
  for (const end of [...ends].reverse()) {
    for (const length of NUMBER_LENGTHS) {
      const date = end - length - 6
      if (date < 0 || !isDate(all.slice(date, date + 6))) continue
      const units = unitsOf(all.slice(0, date), groups)
      if (units.some((unit) => unit.length > MAX_CHILD)) continue
      const score = (ends.has(date) ? 2 : 0) + (ends.has(date + 6) ? 2 : 0) + (length === 4 ? 1 : 0)
      const parts = units.map((unit) => `.${unit}`).join('')
      const code = `${parts}-${all.slice(date, date + 6)}-${all.slice(date + 6, end)}`
      if (best === undefined || score > best.score) best = { score, code }
    }
  }
  return best?.code
}

/** Child units as typed, or one when they were not set apart. */
function unitsOf(text: string, groups: readonly string[]): string[] {
  let joined = ''
  const typed: string[] = []
  for (const group of groups) {
    if (joined.length >= text.length) break
    joined += group
    typed.push(group)
  }
  if (joined === text) return typed
  return text === '' ? [] : [text]
}
