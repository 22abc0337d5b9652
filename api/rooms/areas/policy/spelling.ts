import { clean, fold, toneFold } from '../../../core/text.ts'

/** A final y that sounds like i is written either way: Mỹ/Mĩ, Vỹ/Vĩ, Lý/Lí, Quý/Quí (never after a vowel: Thủy). */
const FINAL_Y = /(?<=[hklmnrstv]|qu)y(?=[\u0300-\u0323]?(?![\p{L}\p{M}]))/gu

/** One spelling of marks: old tone style, i for a final y. Lower case, NFC. */
export const spell = (text: string): string =>
  toneFold(text.toLowerCase()).normalize('NFD').replace(FINAL_Y, 'i').normalize('NFC')

/** What names are looked up by: no marks, no đ, one spelling of i/y, letters and digits with single spaces. */
export const areaKey = (name: string): string =>
  fold(spell(name))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Hỏi and ngã sound alike in Huế and are often swapped in writing; compared as one. */
const mergeTones = (spelled: string): string =>
  spelled.normalize('NFD').replaceAll('\u0303', '\u0309').normalize('NFC')

/** One word of a text with its place; `bare` has no marks, `spelled` has them in one spelling. */
export type Token = {
  raw: string
  start: number
  end: number
  spelled: string
  merged: string
  bare: string
  isMarked: boolean
  isCapital: boolean
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** A chat message is read this far for names; longer text adds nothing but time. */
const MAX_WORDS = 600

export function tokenOf(raw: string, start: number): Token {
  const spelled = spell(raw)
  const bare = areaKey(raw)
  return {
    raw,
    start,
    end: start + raw.length,
    spelled,
    merged: mergeTones(spelled),
    bare,
    isMarked: spelled !== bare,
    isCapital: raw !== raw.toLowerCase(),
  }
}

/** The words of `text` after cleaning (positions refer to the cleaned text). */
export function tokenise(text: string): { text: string; tokens: Token[] } {
  const cleaned = clean(text)
  const tokens: Token[] = []
  for (const match of cleaned.matchAll(WORD)) {
    if (tokens.length >= MAX_WORDS) break
    const token = tokenOf(match[0], match.index)
    if (token.bare !== '') tokens.push(token)
  }
  return { text: cleaned, tokens }
}
