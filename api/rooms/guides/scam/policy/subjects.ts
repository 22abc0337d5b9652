import { clean, fold } from '../../../../core/text.ts'

/** One thing in a message that can be checked. `raw`: as written, before any browser's mapping. */
export type Subject =
  | { kind: 'domain'; subject: string; raw: string; path: string }
  | { kind: 'phone'; subject: string; isForeign: boolean }
  | { kind: 'account'; subject: string }

const MOST_SUBJECTS = 20
/** Endings that a bare word must have to be an address; with `http://` any will do. */
const BARE_ENDINGS =
  'vn|com|net|org|info|biz|xyz|top|icu|vip|club|cc|tk|ml|ga|cf|gq|live|shop|online|site|store|app|dev|me|io|ly|co|gd|at|id|link|click|work|pro|asia|win|bid|life|world|today|fun|space|website|tech|one|cn|ru|us|eu|cfd|sbs|buzz|cyou|lol|gov'
const TAIL = '[^\\s<>"”“]*'
const LINK = new RegExp(
  `https?:[\\\\/]{1,4}${TAIL}|(?<![\\p{L}\\p{N}\\p{M}@._-])(?:[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_-]{0,62}[.。．]){1,8}(?:${BARE_ENDINGS})(?![\\p{L}\\p{N}\\p{M}_-])(?:[.:/?#@\\\\]${TAIL})?`,
  'giu',
)
const TRAILING = /[.,;:!?)\]}'…]+$/u
const DIGITS = /(?<![\p{L}\d])\+?\(?\d(?:[\s.()-]{0,2}\d){2,18}(?![\p{L}\d])/gu
/** Just before an account number. */
const ACCOUNT_WORD =
  /(?:stk|tk|tai khoan|account|acc)(?: (?:so|no|number|la|cua|ngan hang|nh))*[ :.]*$/

/** `words`: the message with `link` in the place of each address, so that an address is not read as words. */
export type Reading = { subjects: Subject[]; words: string }

/** Addresses, telephone numbers and bank accounts of a message, at most twenty, each once; nothing is fetched. */
export function readMessage(input: string): Reading {
  const text = clean(input)
    .replace(/\bhxxp/gi, 'http')
    .replace(/\s?[[(]\.[\])]\s?/g, '.')
  const found: Subject[] = []
  const rest = text.replace(LINK, (link) => {
    const domain = readDomain(link)
    if (domain !== undefined) found.push(domain)
    return domain === undefined ? link : ' link '
  })
  for (const match of rest.matchAll(DIGITS)) {
    const before = fold(rest.slice(Math.max(0, match.index - 40), match.index)).concat(' ')
    const number = readNumber(match[0], before)
    if (number !== undefined) found.push(number)
  }
  const once = new Map(found.map((one) => [`${one.kind}:${one.subject}`, one]))
  return { subjects: [...once.values()].slice(0, MOST_SUBJECTS), words: rest }
}

/** The address that a browser would open; undefined when it would open none. */
function readDomain(link: string): Extract<Subject, { kind: 'domain' }> | undefined {
  const trimmed = link.replace(TRAILING, '')
  const address = /^https?:/i.test(trimmed) ? trimmed : `http://${trimmed}`
  if (!URL.canParse(address)) return undefined
  const { hostname, pathname } = new URL(address)
  const subject = hostname.replace(/\.+$/, '')
  if (!subject.includes('.') && !subject.includes(':')) return undefined
  const authority = address.replace(/^https?:[\\/]*/i, '').split(/[\\/?#]/)[0] ?? ''
  return { kind: 'domain', subject, raw: authority, path: pathname }
}

function readNumber(written: string, before: string): Subject | undefined {
  const digits = written.replace(/\D/g, '')
  if (ACCOUNT_WORD.test(before) && digits.length >= 6) return { kind: 'account', subject: digits }
  const home = digits.replace(/^(?:00)?84(?=[235789]\d{8}$|2\d{9}$)/, '0')
  if (
    /^0(?:[35789]\d{8}|2\d{8,9})$/.test(home) ||
    /^(?:1[89]00\d{4,6}|11[1-5]|156|5656)$/.test(home)
  )
    return { kind: 'phone', subject: home, isForeign: false }
  if (/^\+|^00/.test(written) && digits.length >= 9)
    return { kind: 'phone', subject: `+${digits.replace(/^00/, '')}`, isForeign: true }
  return digits.length >= 8 && digits.length <= 19 && !/^(?:19|20)\d{6}$/.test(digits)
    ? { kind: 'account', subject: digits }
    : undefined
}
