import { z } from 'zod'

export const DRAWINGS = [
  'air',
  'bank',
  'bell',
  'box',
  'call',
  'camera',
  'card',
  'check',
  'code',
  'download',
  'form',
  'key',
  'lock',
  'login',
  'people',
  'phone',
  'pin',
  'qr',
  'search',
  'shield',
  'shop',
  'wave',
] as const
export type DrawingName = (typeof DRAWINGS)[number]

const words = (maxLength: number) =>
  z.object({
    vi: z.string().trim().min(1).max(maxLength),
    en: z.string().trim().min(1).max(maxLength),
  })
export type Words = { vi: string; en: string }

/** Short enough to be read in one breath and followed with one hand. */
const STEP_MAX_WORDS = 20
const isShort = ({ vi, en }: Words) =>
  [vi, en].every((text) => text.split(/\s+/).length <= STEP_MAX_WORDS)

const LEVELS = ['first', 'second', 'third'] as const
const LESSON_ID = /^[a-z][a-z0-9-]{2,39}$/

export const QUESTIONS_MAX = 5
/** A question of the quiz; `why` explains the right answer. */
const Question = z
  .object({
    text: words(120),
    options: z.array(words(80)).min(2).max(4),
    answer: z.int().min(0),
    why: words(240),
  })
  .refine(({ options, answer }) => answer < options.length, { error: 'no such option' })

/** A lesson in both languages: who needs what, one action a step, what may go wrong, what to beware of, a quiz. */
export const Lesson = z.object({
  id: z.string().regex(LESSON_ID),
  title: words(80),
  needs: words(200),
  minutes: z.int().min(1).max(120),
  level: z.enum(LEVELS),
  steps: z
    .array(
      z.object({
        drawing: z.enum(DRAWINGS),
        text: words(160).refine(isShort, { error: 'a step has too many words' }),
        /** What the drawing shows here, when the drawing's own words say too little. */
        alt: words(160).optional(),
      }),
    )
    .min(3)
    .max(12),
  faults: z.array(z.object({ when: words(100), remedy: words(240) })).max(6),
  warning: words(240),
  /** What people call it, in any spelling and language: for the search. */
  keywords: z.array(z.string().trim().min(1).max(60)).max(40),
  questions: z.array(Question).min(1).max(QUESTIONS_MAX),
})
export type Lesson = z.infer<typeof Lesson>

/** What a reader sees of a published lesson, in their language. `drawing` and `alt` belong to the step. */
export const LessonView = z.object({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  needs: z.string(),
  minutes: z.int(),
  level: z.enum(LEVELS),
  steps: z.array(z.object({ text: z.string(), drawing: z.enum(DRAWINGS), alt: z.string() })),
  faults: z.array(z.object({ when: z.string(), remedy: z.string() })),
  warning: z.string(),
  questions: z.array(
    z.object({
      text: z.string(),
      options: z.array(z.string()),
      answer: z.int(),
      why: z.string(),
    }),
  ),
  /** The day on which an editor published or last reviewed it. */
  reviewedOn: z.iso.date(),
  owner: z.string(),
  /** Whom to call when stuck; empty while no such number is kept. */
  hotline: z.string(),
})
export type LessonView = z.infer<typeof LessonView>

export const LessonCard = LessonView.pick({
  id: true,
  title: true,
  minutes: true,
  level: true,
  reviewedOn: true,
})
export type LessonCard = z.infer<typeof LessonCard>

/** `found`: the first is meant; `unsure`: one of these may be; `none`: a person is better asked. */
export const LessonAnswer = z.object({
  outcome: z.enum(['found', 'unsure', 'none']),
  /** `step`: the step or fault that the question is about, counted from 0; null: the lesson as a whole. */
  items: z.array(LessonCard.extend({ step: z.int().nullable() })),
})
export type LessonAnswer = z.infer<typeof LessonAnswer>

export const QUERY_MAX = 300
export const LessonQuery = z.object({ q: z.string().trim().min(1).max(QUERY_MAX) })

/** `version`: the one that was edited, or null for a lesson that is new. */
export const SaveDraft = z.object({ lesson: Lesson, version: z.int().nullable() })
export type SaveDraft = z.input<typeof SaveDraft>
export const PublishDraft = z.object({ version: z.int() })

const VERSION_STATES = ['draft', 'published', 'replaced'] as const
export const LessonVersion = z.object({
  version: z.int(),
  state: z.enum(VERSION_STATES),
  lesson: Lesson,
  reviewedOn: z.iso.date().nullable(),
  savedAt: z.string(),
})
export type LessonVersion = z.infer<typeof LessonVersion>

/** `alt`: what a drawing is called where a step says nothing else of it. */
export const LessonDesk = z.object({
  lessons: z.array(LessonVersion),
  drawings: z.array(z.object({ name: z.enum(DRAWINGS), alt: words(160) })),
})
export type LessonDesk = z.infer<typeof LessonDesk>
