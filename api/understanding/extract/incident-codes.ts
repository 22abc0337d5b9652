import { parsePublicCode } from '../../core/ids.ts'
import type { Span } from './flat.ts'

/**
 * Signs that no code has, and those that they are mistaken for. Nothing is guessed beyond: a reading counts only when
 * its check sign fits and no other reading's does.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'DQ',
  O: 'DQ',
  '1': 'JT',
  I: 'JT',
  L: 'J',
  U: 'W',
  V: 'WY',
}
const MAX_SLIPS = 2
/** `HUE`, then eight signs in groups of any size; also eight signs in two groups of four without the prefix. */
const WITH_PREFIX = /hue[\s.\-_:#]{0,3}((?:[a-z0-9][\s.\-_]{0,3}){7}[a-z0-9])(?![a-z0-9])/g
const BARE = /(?<![a-z0-9])([a-z0-9]{4}[\s.\-_]{0,3}[a-z0-9]{4})(?![a-z0-9])/g

const IN_FOURS = /[a-z]{4}[\s.\-_]{0,3}[a-z]{4}$/

export type FoundCode = Span & { code: string }

/**
 * Public case codes in a flat text, canonical, in order. Without its prefix a code needs a digit, so that no
 * eight-letter word is taken for one.
 */
export function findIncidentCodes(text: string): FoundCode[] {
  const found: FoundCode[] = []
  for (const pattern of [WITH_PREFIX, BARE]) {
    for (const match of text.matchAll(pattern)) {
      const typed = (match[1] ?? '').replace(/[^a-z0-9]/g, '').toUpperCase()
      const start = match.index
      if (found.some((f) => f.start < start + match[0].length && start < f.end)) continue
      if (pattern === BARE && !(/\d/.test(typed) && /[A-Z]/.test(typed))) continue
      const hasDigit = /\d/.test(typed)
      // "Huế mất điện …": letters alone are a code only in two groups of four.
      if (!hasDigit && !IN_FOURS.test(match[0])) continue
      const isMendable = pattern !== BARE && hasDigit
      const code = parsePublicCode(typed) ?? (isMendable ? mended(typed) : undefined)
      if (code !== undefined) found.push({ code, start, end: start + match[0].length })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function mended(typed: string): string | undefined {
  let readings = ['']
  let slips = 0
  for (const sign of typed) {
    const options = LOOK_ALIKES[sign]
    if (options !== undefined && ++slips > MAX_SLIPS) return undefined
    readings = readings.flatMap((r) => [...(options ?? sign)].map((s) => r + s))
  }
  const codes = new Set(readings.flatMap((r) => parsePublicCode(r) ?? []))
  return codes.size === 1 ? [...codes][0] : undefined
}
