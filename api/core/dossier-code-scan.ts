/**
 * The one finder of dossier codes in what people type: `000.00.09.H57-230215-0012` and `H57.12-251103-0042` with the
 * usual slips: spaces, other separators or none, O or Q for 0, I or l for 1, S for the 5 of a unit, lower case, a
 * century before the year, zeros left out at either end. The date must be one of the calendar. There is no check sign.
 */
const D = '[0-9oqil]'
const UNIT = '(?:[0-9oqils][0-9]|[0-9][oqils])'
const SEP = '[\\s.,_/-]{0,3}'
const GAP = '[\\s.,_/-]{1,3}'
const DASH = '[\\s.,_/-]{0,4}'
const DATE = `(?:20(?=${D}{6}))?(${D}{2}${SEP}${D}{2}${SEP}${D}{2})`
/** Fewer than four digits only behind a written dash: "H57-230215, 3 bữa rồi" has no number. */
const NUMBER = `(?:${DASH}(${D}{4})(?![0-9])|\\s?[-/._]\\s?(\\d{1,3})(?![a-z0-9]))`
const LEGACY = new RegExp(
  `(?<![a-z0-9])(?:(${D}{3})${SEP}|(${D}{1,2})${GAP})(${D}{2})${SEP}(${D}{2})${SEP}([a-z])\\s?([0-9oqils]{2})${DASH}${DATE}${NUMBER}`,
  'g',
)
const NEW = new RegExp(
  `(?<![a-z0-9.])([a-z])\\s?(${UNIT})((?:[\\s.,_/-]{0,3}${D}){9,24})(?![0-9])`,
  'g',
)
/** Running numbers have four digits; other lengths occur. */
const NUMBER_LENGTHS = [4, 5, 3, 6]
const MAX_CHILD = 3
const MAX_CHILDREN = 4
/** The scheme is of 2018; what reads as an earlier year is another number, such as a phone. */
const FIRST_YEAR = 15

/** Where a code stands in the text, and what it is, canonical. */
export type ScannedCode = { code: string; start: number; end: number }

const digits = (text: string): string =>
  text
    .replace(/[oq]/g, '0')
    .replace(/[il]/g, '1')
    .replace(/s/g, '5')
    .replace(/[^0-9]/g, '')

function isDate(yymmdd: string): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(yymmdd.slice(at, at + 2)))
  if (year === undefined || month === undefined || day === undefined) return false
  const at = new Date(Date.UTC(2000 + year, month - 1, day))
  return year >= FIRST_YEAR && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}

/** Codes in a text of small letters with plain dashes, in order; linear, since every part is bounded. */
export function scanDossierCodes(text: string): ScannedCode[] {
  const found: ScannedCode[] = []
  const add = (match: RegExpMatchArray, code: string) => {
    const start = match.index ?? 0
    const end = start + match[0].length
    if (!found.some((f) => f.start < end && start < f.end)) found.push({ code, start, end })
  }
  for (const match of text.matchAll(LEGACY)) {
    const [, whole, short = '', b = '', c = '', letter = '', province = '', date = ''] = match
    const at = digits(date)
    if (!isDate(at)) continue
    const a = digits(whole ?? short).padStart(3, '0')
    const unit = [a, digits(b), digits(c), letter.toUpperCase() + digits(province)].join('.')
    add(match, `${unit}-${at}-${digits(match[8] ?? match[9] ?? '').padStart(4, '0')}`)
  }
  for (const match of text.matchAll(NEW)) {
    const [, letter = '', province = '', rest = ''] = match
    const code = readRest(rest)
    if (code !== undefined) add(match, `${letter.toUpperCase()}${digits(province)}${code}`)
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
      if (units.length > MAX_CHILDREN || units.some((unit) => unit.length > MAX_CHILD)) continue
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
