import { CATEGORY_PHRASES } from './data/categories.ts'
import { INTENT_PHRASES, SOS_PHRASES, TRAPS, URGENT_PHRASES } from './data/intents.ts'
import { flat } from './extract/flat.ts'
import { findIncidentCodes } from './extract/incident-codes.ts'
import { normalise } from './normalise.ts'
import { findPhrases, phraseTable } from './phrases.ts'

export const INTENTS = [
  'report_incident',
  'sos',
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
  'greeting',
  'thanks',
  'help',
  'cancel',
  'language',
  'out_of_scope',
] as const
export type Intent = (typeof INTENTS)[number]

export type Understanding = {
  intent: Intent
  /** Incident category that the words name most. */
  category?: string
  /** 0..1, of the intent. */
  confidence: number
  /** Words of danger that are not yet a call for rescue. */
  urgent: boolean
  /** Public case code, canonical. */
  code?: string
}

type Meaning =
  | { kind: 'intent'; id: Intent; weight: number }
  | { kind: 'category'; id: string }
  | { kind: 'sos' | 'urgent' | 'trap' }

const TABLE = phraseTable<Meaning>([
  ...INTENT_PHRASES.flatMap(([id, strong, weak = []]) => [
    ...strong.map((p) => [p, { kind: 'intent', id, weight: 2 }] as const),
    ...weak.map((p) => [p, { kind: 'intent', id, weight: 1 }] as const),
  ]),
  ...CATEGORY_PHRASES.flatMap(([id, phrases]) =>
    phrases.map((p) => [p, { kind: 'category', id }] as const),
  ),
  ...SOS_PHRASES.map((p) => [p, { kind: 'sos' }] as const),
  ...URGENT_PHRASES.map((p) => [p, { kind: 'urgent' }] as const),
  ...TRAPS.map((p) => [p, { kind: 'trap' }] as const),
])

/** Said by the way ("chào", "cảm ơn"): they never outweigh what a message is about. */
const POLITE: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'help', 'cancel', 'language'])
const POLITE_WEIGHT = 0.5
/** A code with a slip in it still means: follow my report. */
const LIKE_A_CODE = /\bhue-\w{2}/i
/** Weight of one word of a category towards a report. */
const CATEGORY_WEIGHT = 1.5

/**
 * What a message wants: pure, linear in its length, never throws; keyword and phrase rules over folded words, so it
 * reads "ngap o phuoc yen" and "Ngập ở Phước Yên" alike. `sos` wins every tie.
 */
export function understand(input: string): Understanding {
  const { text, words } = normalise(input)
  const meanings = findPhrases(words, TABLE)
  const code = findIncidentCodes(flat(text))[0]?.code
  const category = best(tally(meanings, (m) => (m.kind === 'category' ? [m.id, 1] : undefined)))
  const base = {
    urgent: meanings.some((m) => m.kind === 'urgent'),
    ...(category === undefined ? {} : { category: category.id }),
    ...(code === undefined ? {} : { code }),
  }
  if (meanings.some((m) => m.kind === 'sos')) return { intent: 'sos', confidence: 0.95, ...base }
  const scores = tally(meanings, (m) =>
    m.kind === 'intent' ? [m.id, POLITE.has(m.id) ? POLITE_WEIGHT : m.weight] : undefined,
  )
  if (category !== undefined) {
    const about = category.score * CATEGORY_WEIGHT
    scores.set('report_incident', (scores.get('report_incident') ?? 0) + about)
    // "Khiếu nại cái đèn hư" is a report; a complaint is about a decision or wrongdoing.
    scores.delete('complaint')
  }
  if (code !== undefined || LIKE_A_CODE.test(text))
    scores.set('track_report', (scores.get('track_report') ?? 0) + 3)
  const intent = best(scores)
  if (intent === undefined) return { intent: 'out_of_scope', confidence: 0.2, ...base }
  return { intent: intent.id, confidence: confidence(intent.score, intent.runnerUp), ...base }
}

function tally<K>(
  meanings: readonly Meaning[],
  read: (meaning: Meaning) => readonly [K, number] | undefined,
): Map<K, number> {
  const scores = new Map<K, number>()
  for (const meaning of meanings) {
    const hit = read(meaning)
    if (hit !== undefined) scores.set(hit[0], (scores.get(hit[0]) ?? 0) + hit[1])
  }
  return scores
}

/** The highest score; on a tie the first that was named. */
function best<K>(
  scores: ReadonlyMap<K, number>,
): { id: K; score: number; runnerUp: number } | undefined {
  let found: { id: K; score: number; runnerUp: number } | undefined
  for (const [id, score] of scores) {
    if (found === undefined || score > found.score)
      found = { id, score, runnerUp: found?.score ?? 0 }
    else found.runnerUp = Math.max(found.runnerUp, score)
  }
  return found
}

/** Share of the winner, dampened while little was said; between 0 and 0.95. */
const confidence = (score: number, runnerUp: number): number =>
  Math.min(0.95, (score / (score + runnerUp)) * (score >= 1.5 ? 0.9 : score >= 1 ? 0.7 : 0.55))
