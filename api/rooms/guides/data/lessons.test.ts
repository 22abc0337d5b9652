import { describe, expect, it } from 'vitest'
import { DRAWINGS, Lesson, type Words } from '../schema.ts'
import { DRAWING_DATA, drawingSvg } from './drawings.ts'
import { FIRST_LESSONS } from './index.ts'

/** Sentences of plain speech: longer ones lose readers who read slowly. */
const SENTENCE_MAX_WORDS = 22

const wordsOf = (lesson: Lesson): Words[] => [
  lesson.title,
  lesson.needs,
  lesson.warning,
  ...lesson.steps.map(({ text }) => text),
  ...lesson.faults.flatMap(({ when, remedy }) => [when, remedy]),
  ...lesson.questions.flatMap(({ text, options, why }) => [text, ...options, why]),
]

describe('the lessons of version 1', () => {
  it.each(FIRST_LESSONS.map((lesson) => [lesson.id, lesson] as const))(
    '%s parses, and is written in short sentences',
    (_id, lesson) => {
      expect(Lesson.parse(lesson)).toEqual(lesson)
      const sentences = wordsOf(lesson).flatMap(({ vi, en }) =>
        [vi, en].flatMap((text) => text.split(/[.:;?] /)),
      )
      const long = sentences.filter((text) => text.split(/\s+/).length > SENTENCE_MAX_WORDS)
      expect(long).toEqual([])
      expect(wordsOf(lesson).filter(({ vi, en }) => `${vi}${en}`.includes('!'))).toEqual([])
    },
  )

  it.each(FIRST_LESSONS.map(({ id, questions }) => [id, questions] as const))(
    '%s has three to five questions, and the right answer is not always at the same place',
    (_id, questions) => {
      expect(questions.length).toBeGreaterThanOrEqual(3)
      expect(questions.length).toBeLessThanOrEqual(5)
      expect(new Set(questions.map(({ answer }) => answer)).size).toBeGreaterThan(1)
      expect(new Set(questions.map(({ text }) => text.vi)).size).toBe(questions.length)
    },
  )

  it('have a drawing and its words for every step', () => {
    for (const name of DRAWINGS) {
      expect(drawingSvg(name)).toMatch(/^<svg [^>]+>.*<\/svg>$/)
      expect(DRAWING_DATA[name].alt.vi).not.toBe('')
      expect(DRAWING_DATA[name].alt.en).not.toBe('')
    }
    const used = new Set(FIRST_LESSONS.flatMap(({ steps }) => steps.map(({ drawing }) => drawing)))
    expect(DRAWINGS.filter((name) => !used.has(name))).toEqual([])
  })
})
