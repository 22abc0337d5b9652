import type { DrawingName, Lesson, Words } from '../schema.ts'

/** A lesson without its quiz, which stands beside it. */
export type LessonText = Omit<Lesson, 'questions'>

/** The same in both languages, Vietnamese first. */
export const both = (vi: string, en: string): Words => ({ vi, en })

/** One action, with the drawing that shows it. */
export const step = (drawing: DrawingName, vi: string, en: string): Lesson['steps'][number] => ({
  drawing,
  text: both(vi, en),
})

/** What may go wrong, and what to do then. */
export const fault = (when: Words, remedy: Words): Lesson['faults'][number] => ({ when, remedy })

type Pair = readonly [vi: string, en: string]

/** A question of the quiz; `answer` counts the options from 0, `why` explains the right one. */
export const ask = (
  text: Pair,
  options: readonly Pair[],
  answer: number,
  why: Pair,
): Lesson['questions'][number] => ({
  text: both(...text),
  options: options.map((option) => both(...option)),
  answer,
  why: both(...why),
})
