import { fold } from '../../core/text.ts'

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g

/** A text folded sign by sign, as long as it was: what a pattern finds can be cut from the original. */
export const flat = (text: string): string =>
  text
    .replace(DASHES, '-')
    .replace(/[^\x20-\x7e]/g, (sign) => {
      const plain = fold(sign)
      return /^[\x21-\x7e]$/.test(plain) ? plain : ' '
    })
    .toLowerCase()

export type Span = { start: number; end: number }

/** The text with these parts blanked, so that nothing else is read in them. */
export function without(text: string, spans: readonly Span[]): string {
  let out = text
  for (const { start, end } of spans)
    out = out.slice(0, start) + ' '.repeat(end - start) + out.slice(end)
  return out
}

/** Number words up to twelve and a few more, folded. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...'khong mot hai ba bon nam sau bay tam chin muoi'.split(' ').map((w, i) => [w, i] as const),
  ...'zero one two three four five six seven eight nine ten'
    .split(' ')
    .map((w, i) => [w, i] as const),
  ['tu', 4],
  ['lam', 5],
  ['chuc', 10],
  ['bẩy', 7],
])

/** `3`, `1,5`, `ba`, `hai muoi`, `ba chuc`; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const typed = text.trim().replace(',', '.')
  if (/^\d{1,5}(\.\d{1,3})?$/.test(typed)) return Number(typed)
  const [first = '', second, third] = typed.split(/\s+/)
  const a = NUMBER_WORDS.get(first)
  if (a === undefined || second === undefined) return a
  const isTens = second === 'muoi' || second === 'chuc'
  const ones = third === undefined ? 0 : NUMBER_WORDS.get(third)
  if (isTens && ones !== undefined) return a * 10 + ones
  const b = NUMBER_WORDS.get(second)
  return first === 'muoi' && b !== undefined && third === undefined ? 10 + b : undefined
}

const WORD_NUMBER =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi)(?: (?:muoi|chuc)(?: (?:mot|hai|ba|bon|tu|lam|sau|bay|tam|chin))?)?'
/** Pattern of a number in digits or words, without a group. */
export const NUMBER = `(?:\\d{1,5}(?:[.,]\\d{1,3})?|${WORD_NUMBER})`
