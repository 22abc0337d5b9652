import { fold } from '../../../core/text.ts'

/** What is compared of a procedure. */
export type Searched = { code: string; nameVi: string; nameEn: string; keywords: readonly string[] }

/** Said around what is wanted, in plain speech and in Huế's; they tell nothing of which paper. */
const FILLERS = new Set(
  fold(
    `thủ tục giấy tờ cần những gì chi mô răng hè hỉ rứa làm xin cho tôi tui em con mình muốn hỏi về với ạ dạ thì là có được
    ở đâu bao nhiêu tiền mất lâu như thế nào phải mang theo hồ sơ nộp để một cái của và xã phường ủy ban đi ni nớ
    what papers do i need for the a an to how get much does it cost`,
  ).split(/\s+/),
)

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** A phrase found whole in the question counts by its words, more than the same words scattered. */
const PHRASE_WEIGHT = 2
const MIN_SCORE = 2
const MAX_QUERY = 300

export type Ranked<P extends Searched> = { procedure: P; score: number }

/**
 * Procedures that a question means, best first: accent-free, by the words that people use for them. Empty when nothing
 * is meant.
 */
export function rankProcedures<P extends Searched>(
  query: string,
  procedures: readonly P[],
): Ranked<P>[] {
  const said = wordsOf(query.slice(0, MAX_QUERY))
  const whole = ` ${said.join(' ')} `
  const wanted = new Set(said.filter((word) => !FILLERS.has(word)))
  return procedures
    .map((procedure) => ({ procedure, score: scoreOf(procedure, wanted, whole) }))
    .filter(({ score }) => score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score || (a.procedure.code < b.procedure.code ? -1 : 1))
}

function scoreOf(procedure: Searched, wanted: ReadonlySet<string>, whole: string): number {
  const phrases = procedure.keywords.map((keyword) => wordsOf(keyword))
  const best = phrases
    .filter((words) => whole.includes(` ${words.join(' ')} `))
    .reduce((max, words) => Math.max(max, words.length * PHRASE_WEIGHT), 0)
  const names = new Set([...wordsOf(procedure.nameVi), ...wordsOf(procedure.nameEn)])
  const named = [...wanted].filter((word) => names.has(word)).length
  return best + named / 2
}

/** Whether the first is meant clearly enough to be shown alone. */
export function isClear(ranked: readonly Ranked<Searched>[]): boolean {
  const [first, second] = ranked
  return first !== undefined && (second === undefined || first.score >= second.score + 1)
}
