import type { Lesson } from '../schema.ts'
import { DAILY_LESSONS } from './daily.ts'
import { PHONE_LESSONS } from './phone.ts'
import { PHONE_QUIZ } from './quiz-phone.ts'
import { SERVICE_QUIZ } from './quiz-services.ts'
import { SERVICE_LESSONS } from './services.ts'

/** In the order in which they are offered. */
const ORDER = [
  'install-hue-s',
  'send-report',
  'check-dossier',
  'vneid-level-2',
  'sign-in-portal',
  'submit-dossier',
  'flood-alerts',
  'read-air-quality',
  'qr-payment',
  'avoid-scams',
  'strong-password',
  'sell-online',
]

const QUIZ: Readonly<Record<string, Lesson['questions']>> = { ...PHONE_QUIZ, ...SERVICE_QUIZ }

/** Version 1 of each lesson; afterwards the database rules. */
export const FIRST_LESSONS: readonly Lesson[] = [
  ...PHONE_LESSONS,
  ...SERVICE_LESSONS,
  ...DAILY_LESSONS,
]
  .map((lesson) => ({ ...lesson, questions: QUIZ[lesson.id] ?? [] }))
  .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id))

/** The day on which version 1 was last read through. */
export const FIRST_REVIEWED_ON = '2026-11-28'
