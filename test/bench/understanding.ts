import { readFileSync } from 'node:fs'
import { areaNames } from '../../api/hosts/understanding/areas.ts'
import { measuredLines } from '../../api/hosts/understanding/measured.ts'
import { FIRST_LESSONS } from '../../api/rooms/guides/data/index.ts'
import { buildIndex, judgeHits, searchLessons } from '../../api/rooms/guides/policy/search.ts'
import { understand } from '../../api/understanding/index.ts'

/**
 * How long one message takes to be understood: the measured messages in turn, and the longest one that is read; how long a
 * question takes among the lessons, and their index.
 */
const ROUNDS = 5
const gazetteer = areaNames()
const messages = measuredLines().map(({ text }) => text)

type Work = (text: string) => unknown

function millisecondsEach(texts: readonly string[], work: Work): number {
  const started = performance.now()
  for (const text of texts) work(text)
  return (performance.now() - started) / texts.length
}

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
const each = (texts: readonly string[], work: Work): string =>
  median(Array.from({ length: ROUNDS }, () => millisecondsEach(texts, work))).toFixed(2)

const read = (text: string) => understand(text, gazetteer)
millisecondsEach(messages, read)
const longest = Array.from({ length: 20 }, () => `${messages.join(' ')} `.slice(0, 8_000))
process.stdout.write(
  `understanding: ${each(messages, read)} ms a message (${messages.length} measured ones), ${each(longest, read)} ms for 8,000 signs\n`,
)

const index = buildIndex(FIRST_LESSONS)
const questions = readFileSync(new URL('../guides/questions.txt', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => line.split('\t')[1] ?? [])
process.stdout.write(
  `lessons: ${each(questions, (q) => judgeHits(searchLessons(index, q)))} ms a question (${questions.length}), ${each(['', '', ''], () => buildIndex(FIRST_LESSONS))} ms for the index of ${FIRST_LESSONS.length}\n`,
)
