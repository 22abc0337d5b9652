import type { Lesson } from '../schema.ts'
import { DAILY_LESSONS } from './daily.ts'
import { PHONE_LESSONS } from './phone.ts'
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

/** Version 1 of each lesson; afterwards the database rules. */
export const FIRST_LESSONS: readonly Lesson[] = [
  ...PHONE_LESSONS,
  ...SERVICE_LESSONS,
  ...DAILY_LESSONS,
].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id))

/** The day on which version 1 was last read through. */
export const FIRST_REVIEWED_ON = '2026-11-28'
