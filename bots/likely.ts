import { type Message, say } from '../api/chat/message.ts'
import type { Understanding } from '../api/understanding/index.ts'
import { asKey, type Translate } from '../locales/index.ts'

/** What is offered as a button when a message may have meant it. */
const OFFERED: ReadonlySet<string> = new Set([
  'report_incident',
  'track_report',
  'check_dossier',
  'procedure',
  'appointment',
  'water_level',
  'air_quality',
  'active_alerts',
  'guide',
  'scam_check',
  'notices',
  'contact',
  'subscribe',
  'unsubscribe',
  'complaint',
  'language',
])
/** Below this a guess is not even offered. */
const WORTH_ASKING = 0.15

export const isOffered = (intent: string): boolean => OFFERED.has(intent)

/** The likeliest wishes to choose from, a report always among them; undefined when nothing is likely. */
export function likely(read: Understanding, t: Translate): Message | undefined {
  const guesses = read.likely
    .filter(({ intent, confidence }) => confidence >= WORTH_ASKING && isOffered(intent))
    .map(({ intent }) => intent)
  const danger = mayBeDanger(read) ? ['sos'] : []
  if (guesses.length + danger.length === 0) return undefined
  const ids = [...new Set([...danger, ...guesses, 'report_incident', 'menu'])]
  const choices = ids.map((id) => ({ id, label: t(asKey(`menu:likely.${id}`)) }))
  return say(t('menu:likely'), choices)
}

/** Whoever may be in danger sees the numbers to call, however unsure it is. */
export const mayBeDanger = ({ urgent, likely: guesses }: Understanding): boolean =>
  urgent || guesses.some(({ intent, confidence }) => intent === 'sos' && confidence >= WORTH_ASKING)
