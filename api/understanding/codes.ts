import { parsePublicCode } from '../core/ids.ts'

const MAX_TOKENS = 200
/** `HUE-K7M2-QX9A` may come as up to three words. */
const MAX_PARTS = 3

/**
 * The first public case code in a text, canonical; undefined when there is none. Without its prefix a code needs a
 * digit, so that no eight-letter word is taken for one.
 */
export function findPublicCode(text: string): string | undefined {
  const tokens = text
    .toUpperCase()
    .split(/[^A-Z0-9\-–—._]+/)
    .filter((token) => token !== '')
    .slice(0, MAX_TOKENS)
  for (let i = 0; i < tokens.length; i++) {
    for (let n = 1; n <= MAX_PARTS; n++) {
      const candidate = tokens.slice(i, i + n).join('')
      if (!/^HUE/.test(candidate) && !/\d/.test(candidate)) continue
      const code = parsePublicCode(candidate)
      if (code !== undefined) return code
    }
  }
  return undefined
}
