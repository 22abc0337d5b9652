import { z } from 'zod'
import { QUESTIONS_MAX } from '../schema.ts'

export const DoneLesson = z.object({
  answers: z
    .array(z.int().min(0).max(3))
    .min(1)
    .max(QUESTIONS_MAX)
    .describe('The chosen options, counted from 0, in the order of the questions'),
})
export type DoneLesson = z.input<typeof DoneLesson>

/** What one person has learned. */
export const LearningView = z
  .object({
    lessons: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          right: z.int(),
          asked: z.int(),
          doneOn: z.iso.date(),
        }),
      )
      .describe('The latest first'),
    offered: z.int().describe('How many lessons there are'),
  })
  .meta({ id: 'Learning' })
export type LearningView = z.output<typeof LearningView>
