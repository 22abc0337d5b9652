/** Finds known phrases in a list of words: the longest at each place wins and is read once. */
export type PhraseTable<V> = { values: ReadonlyMap<string, readonly V[]>; longest: number }

/** One table of all phrases; the same phrase may mean several things. */
export function phraseTable<V>(entries: Iterable<readonly [phrase: string, value: V]>) {
  const values = new Map<string, V[]>()
  let longest = 1
  for (const [phrase, value] of entries) {
    const known = values.get(phrase)
    if (known === undefined) values.set(phrase, [value])
    else known.push(value)
    longest = Math.max(longest, phrase.split(' ').length)
  }
  return { values, longest } satisfies PhraseTable<V>
}

/** All that the words mean, left to right; at most `words × longest` look-ups. */
export function findPhrases<V>(words: readonly string[], table: PhraseTable<V>): V[] {
  const found: V[] = []
  for (let i = 0; i < words.length; ) {
    let read = 1
    for (let n = Math.min(table.longest, words.length - i); n >= 1; n--) {
      const values = table.values.get(words.slice(i, i + n).join(' '))
      if (values === undefined) continue
      found.push(...values)
      read = n
      break
    }
    i += read
  }
  return found
}
