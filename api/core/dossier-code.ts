import { scanDossierCodes } from './dossier-code-scan.ts'
import { clean } from './text.ts'
import { isLocalDate, type LocalDate } from './time.ts'

/**
 * Codes of administrative dossiers. Legacy `000.00.09.H57-230215-0012` (Circular 01/2018/TT-VPCP art. 19) and the shape
 * over the newer unit codes `H57.19-250915-0012` (Decision 20/2020/QĐ-TTg). There is no check digit: codes can be counted
 * through, so a bare code opens public facts only.
 */
export type DossierCode = {
  /** As it is stored and shown. */
  code: string
  shape: 'legacy' | 'new'
  /** Unit code before the first dash. */
  unit: string
  /** Level-1 unit: `H57` is Huế. */
  issuer: string
  receivedOn: LocalDate
  /** Running number of that day; digits as written. */
  number: string
}

/** Who gave out a code, by its level-1 unit: `H` are provinces and cities, `G` ministries. */
export type IssuerKind = 'home' | 'province' | 'ministry' | 'other'

export type ReadCode =
  | { outcome: 'code'; code: DossierCode }
  /** Dots, dashes or look-alike signs were mended: ask before using it. */
  | { outcome: 'did_you_mean'; code: DossierCode }
  | { outcome: 'none'; reason: 'shape' | 'date' | 'future' }

const LEGACY = /^(\d{3}\.\d{2}\.\d{2}\.([A-Z]\d{2}))-(\d{6})-(\d{4})$/
const NEW = /^(([A-Z]\d{2})(?:\.\d{1,3}){0,4})-(\d{6})-(\d{3,6})$/
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g
/** Longer texts are no code that somebody typed. */
const MAX_LENGTH = 60

const none = (reason: 'shape' | 'date' | 'future'): ReadCode => ({ outcome: 'none', reason })

function exact(text: string): DossierCode | 'date' | undefined {
  const legacy = LEGACY.exec(text)
  const [, unit = '', issuer = '', day = '', number = ''] = legacy ?? NEW.exec(text) ?? []
  if (number === '') return undefined
  const receivedOn = `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`
  if (!isLocalDate(receivedOn)) return 'date'
  return { code: text, shape: legacy === null ? 'new' : 'legacy', unit, issuer, receivedOn, number }
}

/** What loose typing most likely means, when all of the text is one code. */
function mend(text: string): string | undefined {
  const [only] = scanDossierCodes(text.toLowerCase())
  const isAll = only !== undefined && only.start === 0 && only.end === text.length
  return isAll ? only.code : undefined
}

/**
 * Reads a code as people type it; `today` is the local day, after which no dossier can have been received. Case, spaces
 * around and kinds of dash do not matter; what needs more mending comes back as `did_you_mean`. Never throws.
 */
export function readDossierCode(input: string, today: LocalDate): ReadCode {
  if (input.length > MAX_LENGTH) return none('shape')
  const text = clean(input).toUpperCase().replace(DASHES, '-')
  const tight = text.replace(/\s*([.-])\s*/g, '$1')
  const asTyped = exact(tight)
  const mended = asTyped === undefined ? mend(text) : undefined
  const found = mended === undefined ? asTyped : exact(mended)
  if (found === undefined) return none('shape')
  if (found === 'date') return none('date')
  if (found.receivedOn > today) return none('future')
  return { outcome: asTyped === undefined ? 'did_you_mean' : 'code', code: found }
}

export function issuerKind(code: DossierCode, home: string): IssuerKind {
  if (code.issuer === home) return 'home'
  if (code.issuer.startsWith('H')) return 'province'
  return code.issuer.startsWith('G') ? 'ministry' : 'other'
}

const MAX_TEXT = 4_000

/** All codes in a text, best first: those written whole, then those that need mending; each once. */
export function findDossierCodes(text: string, today: LocalDate): ReadCode[] {
  const flat = text.slice(0, MAX_TEXT).normalize('NFC').toLowerCase().replace(DASHES, '-')
  const found = new Map<string, ReadCode>()
  for (const { code, start, end } of scanDossierCodes(flat)) {
    const typed = readDossierCode(flat.slice(start, end), today)
    const read = typed.outcome === 'none' ? readDossierCode(code, today) : typed
    if (read.outcome === 'none') continue
    const known = found.get(read.code.code)
    if (known === undefined || known.outcome === 'did_you_mean') found.set(read.code.code, read)
  }
  return [...found.values()].sort(
    (a, b) => Number(a.outcome === 'did_you_mean') - Number(b.outcome === 'did_you_mean'),
  )
}

/** A URL's text with its escapes undone as far as they are sound. */
function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/**
 * What the QR of a receipt says: the plain code, a URL that holds it, or the receipt's text. More than one code is no
 * answer: nobody's dossier is guessed.
 */
export function readReceipt(payload: string, today: LocalDate): ReadCode {
  const whole = readDossierCode(payload, today)
  if (whole.outcome !== 'none') return whole
  const text = /^https?:/i.test(payload.trim()) ? unescapeUrl(payload) : payload
  const [first, second] = findDossierCodes(text, today)
  if (first === undefined) return whole.reason === 'shape' ? none('shape') : whole
  return second === undefined ? first : none('shape')
}
