import type { Entities } from '../extract/index.ts'
import type { Normalised } from '../normalise.ts'
import { conceptsOf } from './concepts.ts'
import { framesOf } from './frames.ts'

/** Buckets that features hash into; the weights of a model are a table of rows × labels. */
export const BUCKETS = 84_004
/** The same of a message's words alone, without n-grams of signs: few of them fall together. */
export const WORD_BUCKETS = 60_013

/** Buckets of a message, each once, and the weight of each so that the whole has length 1. */
export type Vector = { buckets: Int32Array; values: Float32Array }
/** What a message is to the models. */
export type Features = { all: Vector; words: Vector }

/** Words that are read: the first and the last of a long message say what it is about. */
const HEAD = 110
const TAIL = 40
const MIN_GRAM = 2
const MAX_GRAM = 5
const CHAR_VALUE = 1
const WORD_VALUE = 2
const FACT_VALUE = 3
const CONCEPT_VALUE = 3
const FRAME_VALUE = 3

const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193
const step = (hash: number, code: number) => Math.imul(hash ^ code, FNV_PRIME)

function hashOf(kind: number, text: string): number {
  let hash = step(FNV_START, kind)
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i))
  return hash
}
const [CHAR, WORD, PAIR, TRIPLE, GAP, RAW, MARKED, MARKED_PAIR, FACT, CONCEPT, FRAME] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
]

const ends = (words: readonly string[]): readonly string[] =>
  words.length <= HEAD + TAIL ? words : [...words.slice(0, HEAD), ...words.slice(-TAIL)]

const shape = (word: string): string => word.replace(/\d/g, '0')

/** Hashed n-grams of signs (2–5, across words) and of words, the kinds of entities, and what known phrases hint at. */
export function featuresOf(
  message: Normalised,
  entities: Entities,
  hints: ReadonlySet<string>,
): Features {
  const all = collector(BUCKETS)
  const alone = collector(WORD_BUCKETS)
  const add = (hash: number, value: number) => {
    all.add(hash, value)
    alone.add(hash, value)
  }
  const words = ends(message.common).map(shape)
  const text = ` ${words.join(' ')} `
  for (let start = 0; start < text.length; start++) {
    let hash = step(FNV_START, CHAR)
    const limit = Math.min(MAX_GRAM, text.length - start)
    for (let n = 1; n <= limit; n++) {
      hash = step(hash, text.charCodeAt(start + n - 1))
      if (n >= MIN_GRAM) all.add(hash, CHAR_VALUE)
    }
  }
  addGrams(words, add)
  for (const word of ends(message.words)) add(hashOf(RAW, shape(word)), WORD_VALUE)
  const marked = ends(message.marked)
  for (const [i, word] of marked.entries()) {
    add(hashOf(MARKED, word), WORD_VALUE)
    add(hashOf(MARKED_PAIR, `${word} ${marked[i + 1] ?? '$'}`), WORD_VALUE)
  }
  for (const fact of [...factsOf(message, entities), ...hints]) add(hashOf(FACT, fact), FACT_VALUE)
  const concepts = conceptsOf(message.common)
  for (const concept of concepts) add(hashOf(CONCEPT, concept), CONCEPT_VALUE)
  for (const frame of framesOf(message.common, concepts)) add(hashOf(FRAME, frame), FRAME_VALUE)
  return { all: all.unit(), words: alone.unit() }
}

/** Collects hashes into so many buckets, each with the greatest of its values. */
function collector(size: number) {
  const table = new Uint8Array(size)
  const found: number[] = []
  return {
    add(hash: number, value: number): void {
      const bucket = (hash >>> 0) % size
      const known = table[bucket] ?? 0
      if (known === 0) found.push(bucket)
      if (known < value) table[bucket] = value
    },
    unit: (): Vector => unit(found, table),
  }
}

function addGrams(words: readonly string[], add: (hash: number, value: number) => void): void {
  for (const [i, word] of words.entries()) {
    const next = words[i + 1] ?? '$'
    const third = words[i + 2] ?? '$'
    add(hashOf(WORD, word), WORD_VALUE)
    add(hashOf(PAIR, `${word} ${next}`), WORD_VALUE)
    add(hashOf(TRIPLE, `${word} ${next} ${third}`), WORD_VALUE)
    add(hashOf(GAP, `${word} ${third}`), CHAR_VALUE)
  }
  add(hashOf(PAIR, `^ ${words[0] ?? '$'}`), WORD_VALUE)
}

/** From the waist up water takes a grown person's feet. */
const DEEP_CM = 85

function factsOf(message: Normalised, entities: Entities): string[] {
  const facts = Object.keys(entities)
  if (entities.depth !== undefined)
    facts.push(entities.depth.depthCm >= DEEP_CM ? 'deep' : 'shallow')
  const { length } = message.words
  facts.push(length === 0 ? 'empty' : length === 1 ? 'one' : length <= 3 ? 'few' : 'more')
  if (message.latin.includes('?')) facts.push('asks')
  if (/https?:|www\.|\.(?:com|vn|net|info|xyz|top)\b/i.test(message.latin)) facts.push('link')
  return facts
}

function unit(found: readonly number[], table: Uint8Array): Vector {
  const buckets = Int32Array.from(found)
  const values = Float32Array.from(found, (bucket) => table[bucket] ?? 0)
  let sum = 0
  for (const value of values) sum += value * value
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * scale
  return { buckets, values }
}
