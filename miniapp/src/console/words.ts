import { formatDateTime } from '../../../api/core/time.ts'
import { hasWords, t, type WordSources } from '../shared/i18n.ts'
import { dayName } from './day-name.ts'
import { asKeyOf } from './key.ts'
import type { WorkItem } from './types.ts'

/** Namespaces that this page speaks with; one language of each is loaded. */
export const CONSOLE_WORDS: WordSources = {
  sos: {
    vi: () => import('../../../locales/vi/sos.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/sos.json', { with: { type: 'json' } }),
  },
  console: {
    vi: () => import('../../../locales/vi/console.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/console.json', { with: { type: 'json' } }),
  },
  identity: {
    vi: () => import('../../../locales/vi/identity.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/identity.json', { with: { type: 'json' } }),
  },
  incidents: {
    vi: () => import('../../../locales/vi/incidents.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/incidents.json', { with: { type: 'json' } }),
  },
  miniapp: {
    vi: () => import('../../../locales/vi/miniapp.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/miniapp.json', { with: { type: 'json' } }),
  },
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const HOURS_IN_WORDS = 12
/** Within so many working days a case asks for attention. */
const SOON_DAYS = 2

/** How long ago in words while it is fresh, then the clock time and the day. */
export function agoWords(iso: string, now: Date): string {
  const at = new Date(iso)
  const ms = now.getTime() - at.getTime()
  if (ms < MINUTE_MS) return t('console:ago.now')
  if (ms < HOUR_MS) return t('console:ago.minutes', { count: Math.floor(ms / MINUTE_MS) })
  const clock = formatDateTime(at).slice(0, 5)
  const day = dayName(at, now)
  if (day === 'yesterday') return t('console:ago.yesterday', { clock })
  if (day === 'other') return formatDateTime(at)
  const hours = Math.floor(ms / HOUR_MS)
  return hours < HOURS_IN_WORDS
    ? t('console:ago.hours', { count: hours })
    : t('console:ago.today', { clock })
}

type Tone = 'late' | 'soon' | 'calm' | 'none'

/** Working days left or late, in words, with the tone to draw them in. */
export function timeWords(item: Pick<WorkItem, 'daysLeft' | 'dueDate'>): {
  text: string
  tone: Tone
} {
  const { daysLeft, dueDate } = item
  if (daysLeft === undefined) {
    const key = dueDate === undefined ? 'console:time.none' : 'console:time.over'
    return { text: t(key), tone: 'none' }
  }
  if (daysLeft < 0) return { text: t('console:time.late', { count: -daysLeft }), tone: 'late' }
  if (daysLeft === 0) return { text: t('console:time.today'), tone: 'soon' }
  return {
    text: t('console:time.left', { count: daysLeft }),
    tone: daysLeft <= SOON_DAYS ? 'soon' : 'calm',
  }
}

export const categoryWords = (category: string): string =>
  wordsOr(`incidents:category.${category}`, category)

/** The desk tells states apart that residents see as one ("đang xử lý"). */
export const stateWords = (state: string): string => wordsOr(`console:state.${state}`, state)

/** One press may take a case through two states: each of its steps has a name of its own. */
const STEP_OF: Readonly<Record<string, string>> = {
  'accept_and_assign accepted': 'accept',
  'accept_and_assign assigned': 'assign',
  'answer answered': 'answer_sent',
}

/** What happened at a step; a kind that is newer than this page shows the state it led to. */
export const stepWords = (kind: string, state?: string | null): string =>
  wordsOr(`console:step.${STEP_OF[`${kind} ${state}`] ?? kind}`, state ? stateWords(state) : kind)

export function wordsOr(name: string, fallback: string): string {
  const key = asKeyOf(name)
  return hasWords(key) ? t(key) : fallback
}
