import { clean, fold, toneFold } from '../core/text.ts'
import { latin } from './data/look-alikes.ts'
import { SPELLINGS } from './data/spellings.ts'
import { isSyllable, splitSyllables } from './syllables.ts'

/** Beyond this nothing new is learnt of what a person wants. */
const MAX_WORDS = 600
const MAX_LENGTH = 8_000
/** Longer words are no language. */
const MAX_WORD = 40

export type Normalised = {
  /** As it would be stored: NFC, without zero-width signs. */
  text: string
  /** The same in Latin signs, for patterns. */
  latin: string
  /** Folded words without signs, in order, at most 600. */
  words: readonly string[]
  /** The words as commonly spelt: short forms, typing residue and words written together undone. */
  common: readonly string[]
  /** Words with their marks in one tone style; empty when the text has none. */
  marked: readonly string[]
}

const NOT_WORD = /[^\p{L}\p{N}]+/u
const MARKED = /[\u00C0-\u024F\u1EA0-\u1EF9]/

/** A message as stored and as compared; linear in its length, never throws. */
export function normalise(input: string): Normalised {
  const text = clean(input.slice(0, MAX_LENGTH).toWellFormed())
  const plain = latin(text.normalize('NFKC'))
  const words = wordsOf(fold(plain))
  const hasMarks = MARKED.test(plain)
  return {
    text,
    latin: plain,
    words,
    common: words.flatMap(common).slice(0, MAX_WORDS),
    marked: hasMarks ? wordsOf(toneFold(plain.toLowerCase())) : [],
  }
}

const wordsOf = (text: string): string[] =>
  text
    .split(NOT_WORD)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_WORD))

/** One folded word as commonly spelt. */
function common(word: string): string[] {
  const known = SPELLINGS.get(word)
  if (known !== undefined) return known.split(' ')
  if (word.length < 3 || isSyllable(word) || /^\d/.test(word)) return [word]
  const repaired = repair(word)
  if (repaired !== undefined) return [repaired]
  return (word.length > 5 && splitSyllables(word)) || [word]
}

/** Stretched letters ("cuuuu"), Telex ("dduwowngf") and VNI ("d9u7o7ng2") left as typed, undone; else undefined. */
function repair(word: string): string | undefined {
  const twice = word.replace(/(.)\1{2,}/g, '$1$1')
  if (twice !== word && isSyllable(twice)) return twice
  const once = word.replace(/(.)\1{2,}/g, '$1')
  const unstretched = SPELLINGS.get(once) ?? once
  if (once !== word && (isSyllable(unstretched) || SPELLINGS.has(once))) return unstretched
  const vni = once.replace(/[1-9]/g, '')
  if (vni !== once && isSyllable(vni) && vni.length > 1) return vni
  const telex = once
    .replace(/dd/, 'd')
    .replace(/([aeo])\1/, '$1')
    .replace(/([aou])w/g, '$1')
  const shapes = [telex, telex.replace(/w/g, ''), telex.replace(/w/g, 'u')]
  for (const shape of shapes) {
    if (isSyllable(shape)) return shape
    const toneless = shape.replace(/([a-z]+?)[sfrxj]([a-z]{0,3})$/, '$1$2')
    if (toneless.length > 1 && isSyllable(toneless)) return toneless
  }
  const single = once.replace(/(.)\1/g, '$1')
  return isSyllable(single) ? single : undefined
}
