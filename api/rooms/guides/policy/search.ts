import { fold } from '../../../core/text.ts'
import type { Lesson, Words } from '../schema.ts'
import { isNear, markedWordsOf, termsOf } from './words.ts'

/** How much a word counts by where it stands in a lesson. */
const WEIGHT = { title: 4, keyword: 4, fault: 2, text: 1 } as const
/** BM25's usual saturation: the tenth time a word stands there adds little. */
const SATURATION = 1.2
/** A pair of words found together says more than each of them. */
const PAIR_WEIGHT = 1.5
/** A word with a slip in it counts less than one without. */
const SLIP_WEIGHT = 0.7
/** Shorter words have too many neighbours to guess a slip. */
const SLIP_MIN_LETTERS = 5

type Posting = ReadonlyMap<string, number>
type Indexed = { id: string; terms: Posting; parts: readonly ReadonlySet<string>[] }
type LessonIndex = {
  lessons: readonly Indexed[]
  /** How rare each term is among the lessons. */
  rarity: ReadonlyMap<string, number>
  /** Of a term that no lesson has. */
  unknown: number
  /** Every word as the lessons write it, with its marks. */
  written: ReadonlySet<string>
}

/** `covered`: the share of what was said (by rarity) that the lesson has, 0…1. */
type Hit = { id: string; score: number; covered: number; step: number | null }

const texts = ({ vi, en }: Words): string[] => [vi, en]

function indexLesson(lesson: Lesson): Indexed {
  const terms = new Map<string, number>()
  const add = (text: string, weight: number) => {
    for (const term of termsOf(text)) terms.set(term, (terms.get(term) ?? 0) + weight)
  }
  for (const text of texts(lesson.title)) add(text, WEIGHT.title)
  for (const keyword of lesson.keywords) add(keyword, WEIGHT.keyword)
  for (const { when, remedy } of lesson.faults) {
    for (const text of texts(when)) add(text, WEIGHT.fault)
    for (const text of texts(remedy)) add(text, WEIGHT.text)
  }
  const more = [lesson.needs, lesson.warning, ...lesson.steps.map((step) => step.text)]
  for (const text of more.flatMap(texts)) add(text, WEIGHT.text)
  const parts = lesson.steps.map(({ text }) => new Set(texts(text).flatMap(termsOf)))
  return { id: lesson.id, terms, parts }
}

const allTexts = (lesson: Lesson): string[] => [
  ...lesson.keywords,
  ...[
    lesson.title,
    lesson.needs,
    lesson.warning,
    ...lesson.steps.map((step) => step.text),
    ...lesson.faults.flatMap(({ when, remedy }) => [when, remedy]),
  ].flatMap(texts),
]

/** Made once for a set of lessons; pure data, without a clock or a disk. */
export function buildIndex(lessons: readonly Lesson[]): LessonIndex {
  const indexed = lessons.map(indexLesson)
  const seen = new Map<string, number>()
  for (const { terms } of indexed)
    for (const term of terms.keys()) seen.set(term, (seen.get(term) ?? 0) + 1)
  const rare = (count: number) => Math.log(1 + (indexed.length - count + 0.5) / (count + 0.5))
  return {
    lessons: indexed,
    rarity: new Map([...seen].map(([term, count]) => [term, rare(count)])),
    unknown: rare(0),
    written: new Set(lessons.flatMap(allTexts).flatMap(markedWordsOf)),
  }
}

type Asked = { term: string; weight: number; rarity: number }

/** Written with marks that no lesson has: "lúa" is not "lừa", though both are "lua" without. */
function strangersOf(index: LessonIndex, query: string): ReadonlySet<string> {
  const others = markedWordsOf(query).filter(
    (word) => word !== fold(word) && !index.written.has(word) && index.rarity.has(fold(word)),
  )
  return new Set(others.map(fold))
}

/** What was asked, in terms that the lessons have; a word that none has may be one with a slip. */
function askedOf(index: LessonIndex, query: string): Asked[] {
  const strangers = strangersOf(index, query)
  return [...new Set(termsOf(query))].flatMap((term): Asked[] => {
    const isPair = term.includes(' ')
    if (strangers.has(term)) return [{ term: '', weight: 1, rarity: index.unknown }]
    const rarity = index.rarity.get(term)
    if (rarity !== undefined) return [{ term, weight: isPair ? PAIR_WEIGHT : 1, rarity }]
    // A pair that no lesson has tells nothing; its words stand for themselves.
    if (isPair) return []
    const meant =
      term.length < SLIP_MIN_LETTERS
        ? undefined
        : [...index.rarity.keys()].find((known) => !known.includes(' ') && isNear(known, term))
    return meant === undefined
      ? [{ term, weight: 1, rarity: index.unknown }]
      : [{ term: meant, weight: SLIP_WEIGHT, rarity: index.rarity.get(meant) ?? index.unknown }]
  })
}

/** The step that most of the question stands in, when it clearly is one. */
function stepOf(parts: readonly ReadonlySet<string>[], asked: readonly Asked[]): number | null {
  const scores = parts.map((terms) =>
    asked.reduce((sum, { term, rarity }) => sum + (terms.has(term) ? rarity : 0), 0),
  )
  const best = Math.max(0, ...scores)
  const all = asked.reduce((sum, { rarity }) => sum + rarity, 0)
  const isClear = best > all / 2 && scores.filter((score) => score === best).length === 1
  return isClear ? scores.indexOf(best) : null
}

/** Lessons that a question may mean, best first; without tone marks, in dialect, with slips, in either language. */
export function searchLessons(index: LessonIndex, query: string): Hit[] {
  const asked = askedOf(index, query)
  const all = asked.reduce((sum, { rarity }) => sum + rarity, 0)
  return index.lessons
    .map(({ id, terms, parts }) => {
      const found = asked.filter(({ term }) => terms.has(term))
      const score = found.reduce((sum, { term, weight, rarity }) => {
        const times = terms.get(term) ?? 0
        return sum + weight * rarity * ((times * (SATURATION + 1)) / (times + SATURATION))
      }, 0)
      const covered = all === 0 ? 0 : found.reduce((sum, { rarity }) => sum + rarity, 0) / all
      return { id, score, covered, step: stepOf(parts, asked) }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

/** Below this share of the question nothing is claimed; above it, and well ahead, the first is meant. */
const SURE_COVERED = 0.45
const MAYBE_COVERED = 0.3
const AHEAD = 1.15
/** One common word alone is too little to be sure. */
const SURE_SCORE = 4
/** Offered at most. */
const MAX_HITS = 3

/** What may be said of the hits: `found`, `unsure` (offer to choose), `none` (offer a person). */
export function judgeHits(hits: readonly Hit[]): {
  outcome: 'found' | 'unsure' | 'none'
  hits: readonly Hit[]
} {
  const likely = hits.filter(({ covered }) => covered >= MAYBE_COVERED).slice(0, MAX_HITS)
  const [first, second] = likely
  if (first === undefined) return { outcome: 'none', hits: [] }
  const isAhead = second === undefined || first.score >= second.score * AHEAD
  const isFound =
    first.covered >= SURE_COVERED &&
    first.score >= SURE_SCORE &&
    isAhead &&
    first.id === hits[0]?.id
  return { outcome: isFound ? 'found' : 'unsure', hits: likely }
}
