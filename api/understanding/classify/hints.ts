import { CATEGORY_PHRASES } from '../data/categories.ts'
import { INTENT_PHRASES, SOS_PHRASES, TRAPS, URGENT_PHRASES } from '../data/intents.ts'
import { findPhrases, phraseTable } from '../phrases.ts'

/** Phrases that say by themselves what is meant; a model learns how far to trust each kind. */
const TABLE = phraseTable<string>([
  ...INTENT_PHRASES.flatMap(([id, strong, weak = []]) => [
    ...strong.map((phrase) => [phrase, `intent ${id}`] as const),
    ...weak.map((phrase) => [phrase, `leans ${id}`] as const),
  ]),
  ...CATEGORY_PHRASES.flatMap(([id, phrases]) =>
    phrases.map((phrase) => [phrase, `category ${id}`] as const),
  ),
  ...SOS_PHRASES.map((phrase) => [phrase, 'sos'] as const),
  ...URGENT_PHRASES.map((phrase) => [phrase, 'urgent'] as const),
  ...TRAPS.map((phrase) => [phrase, 'trap'] as const),
])

/** What known phrases in the words, as typed and as commonly spelt, point to; each once. */
export const hintsOf = (words: readonly string[], common: readonly string[]): ReadonlySet<string> =>
  new Set([...findPhrases(words, TABLE), ...findPhrases(common, TABLE)])
