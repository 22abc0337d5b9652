type Source = { source?: string }

/**
 * JSON of Zalo: integers beyond 2^53 (ids, some of them unquoted) come out as their digits, a string. Undefined for
 * what is no JSON, or nested deeper than the stack.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits)
  } catch {
    return undefined
  }
}

const keepDigits = (_key: string, value: unknown, context?: Source): unknown => {
  const digits = context?.source
  if (typeof value !== 'number' || Number.isSafeInteger(value) || digits === undefined) return value
  return /^-?\d+$/.test(digits) ? digits : value
}
