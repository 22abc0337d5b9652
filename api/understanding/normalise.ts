import { clean, fold } from '../core/text.ts'

/** Beyond this nothing new is learnt of what a person wants. */
const MAX_WORDS = 600
const MAX_LENGTH = 8_000

export type Normalised = {
  /** As it would be stored: NFC, without zero-width signs. */
  text: string
  /** Folded words without signs, in order, at most 600. */
  words: readonly string[]
}

/** A message as stored and as compared; linear in its length, never throws. */
export function normalise(input: string): Normalised {
  const text = clean(input.slice(0, MAX_LENGTH).toWellFormed())
  const words = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  return { text, words: words.slice(0, MAX_WORDS) }
}
