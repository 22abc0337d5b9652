import type { DrawingName, Lesson, Words } from '../schema.ts'

/** The same in both languages, Vietnamese first. */
export const both = (vi: string, en: string): Words => ({ vi, en })

/** One action, with the drawing that shows it. */
export const step = (drawing: DrawingName, vi: string, en: string): Lesson['steps'][number] => ({
  drawing,
  text: both(vi, en),
})

/** What may go wrong, and what to do then. */
export const fault = (when: Words, remedy: Words): Lesson['faults'][number] => ({ when, remedy })
