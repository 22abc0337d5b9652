/** Fields whose value never reaches a log, whatever it is. */
const SECRET_KEYS =
  /pass(word|wd)?|secret|token|authorization|cookie|session|phone|email|fullname|displayname|address|text|description|body|lat$|lng$|location|coordinates|otp|api_?key/i

const PATTERNS: readonly [RegExp, string][] = [
  [/\b\d{6,12}:[A-Za-z0-9_-]{30,}\b/g, '[bot-token]'],
  [/\/bot[^/\s]+\//g, '/bot[token]/'],
  [/\b0(?:[\s.-]?\d){11}\b/g, '[id-number]'],
  [/(?:\+?84|\b0)(?:[\s.()-]{0,3}\d){9,10}\b/g, '[phone]'],
  [/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+/g, '[email]'],
  [/\b1[0-9]{2}\.\d{4,}\b|\b1[5-7]\.\d{4,}\b/g, '[coordinate]'],
  [/:\/\/[^:@/\s]+:[^@/\s]+@/g, '://[credentials]@'],
]

/** Masks tokens, phone numbers, id numbers, e-mail, fine coordinates and URL credentials inside a text. */
export const redactText = (text: string): string =>
  PATTERNS.reduce((out, [pattern, mask]) => out.replace(pattern, mask), text)

const MAX_DEPTH = 6

/** The sentence of a database error (a SQLSTATE) or of a parser quotes what people wrote: then only its frames stay. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? error.code : undefined
  const quotes =
    error instanceof SyntaxError || (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code))
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    code,
    ...(quotes ? {} : { message: redactText(error.message) }),
    stack: redactText(frames.join('\n')),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  }
}

/** A copy of `value` that is safe to log: secret keys masked, texts redacted, depth bounded. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? String(value) : value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1))
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Error) return redactError(value, depth)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_KEYS.test(key) && inner !== undefined ? '[redacted]' : redact(inner, depth + 1),
    ]),
  )
}
