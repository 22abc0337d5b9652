import { CONCEPTS } from '../data/concepts.ts'
import { findPhrases, phraseTable } from '../phrases.ts'

const TABLE = phraseTable(CONCEPTS)
/** Beyond these a story goes on; who is in what danger is said before. */
const MAX_FOUND = 40
/** So many classes apart two may still belong together. */
const NEAR = 4

/** Classes of words in a message and which stands near which, in order: "person", "person peril". */
export function conceptsOf(words: readonly string[]): ReadonlySet<string> {
  const found = findPhrases(words, TABLE).slice(0, MAX_FOUND)
  const out = new Set<string>()
  for (const [i, concept] of found.entries()) {
    out.add(`is ${concept}`)
    for (const next of found.slice(i + 1, i + 1 + NEAR)) out.add(`${concept} ${next}`)
  }
  return out
}
