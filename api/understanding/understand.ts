import { certainOf } from './classify/certain.ts'
import { type Features, featuresOf } from './classify/features.ts'
import { hintsOf } from './classify/hints.ts'
import type { Intent } from './classify/labels.ts'
import { classify, type Guess, score } from './classify/model.ts'
import { callModel, categoryModel, intentModel } from './classify/models.ts'
import { type Gazetteer, NO_GAZETTEER } from './extract/gazetteer.ts'
import { type Entities, extract } from './extract/index.ts'
import { normalise } from './normalise.ts'

export type Understanding = {
  intent: Intent
  /** Incident category, of a report or a call for rescue that names one. */
  category?: string
  /** 0..1, of the intent: of messages with 0.8 about eight in ten are read rightly. */
  confidence: number
  /** The likeliest intents, this one first. */
  likely: readonly { intent: Intent; confidence: number }[]
  /** Words of danger that are not yet a call for rescue. */
  urgent: boolean
  entities: Entities
}

/** Where the models are this sure of a call for rescue, it is taken for one: a false alarm costs less than a missed one. */
const SOS_FROM = 0.35
/** A rule's word alone ("phim chìm tàu") is none where the models see nothing of a call. */
const RULE_FROM = 0.2
/** So sure of a call both models are right even where a word of `notSos` stands. */
const BEYOND_DOUBT = 0.9
/** A rule is sure, but not of everything. */
const CERTAIN = 0.97
const LIKELY = 3
const MIN_ODDS = 1e-6
/** Below this a category is a guess that only misleads. */
const CATEGORY_FROM = 0.2
/** A cry alone ("cứu với") names none, whatever a model would guess. */
const CRY_WORDS = 3

/**
 * What a message wants: pure, linear in its length, below a millisecond, never throws. Linear models over n-grams
 * decide; rules decide calls for rescue, which win every tie, and codes. Names of places come from the caller.
 */
export function understand(input: string, gazetteer: Gazetteer = NO_GAZETTEER): Understanding {
  const message = normalise(input)
  const entities = extract(message, gazetteer)
  const hints = hintsOf(message.words, message.common)
  const urgent = hints.has('urgent')
  if (message.words.length === 0)
    return { ...ranked([{ label: 'out_of_scope', confidence: 0.2 }]), urgent, entities }
  const features = featuresOf(message, entities, hints)
  const certain = certainOf(message, entities)
  const guesses = decided(withCalls(classify(intentModel, features.all), features), certain)
  const intent = guesses[0]?.label
  const isReport = intent === 'report_incident' || intent === 'sos'
  const category = isReport ? classify(categoryModel, features.all)[0] : undefined
  const isCry =
    message.common.length <= CRY_WORDS && ![...hints].some((hint) => hint.startsWith('category'))
  const isNamed =
    category !== undefined &&
    category.label !== 'none' &&
    category.confidence >= CATEGORY_FROM &&
    !(intent === 'sos' && isCry)
  return {
    ...ranked(guesses),
    ...(isNamed ? { category: category.label } : {}),
    urgent,
    entities,
  }
}

/** The guesses with the odds of a call for rescue midway (in log-odds) between both models that know of it. */
function withCalls(guesses: readonly Guess<Intent>[], { words }: Features): Guess<Intent>[] {
  const own = guesses.find(({ label }) => label === 'sos')?.confidence ?? 0
  const sure = Math.min(1 - MIN_ODDS, Math.max(MIN_ODDS, own))
  const logit = (Math.log(sure / (1 - sure)) + score(callModel, words)) / 2
  const ofSos = 1 / (1 + Math.exp(-logit))
  return guesses
    .map(({ label, confidence }) => ({
      label,
      confidence: label === 'sos' ? ofSos : (confidence / (1 - sure)) * (1 - ofSos),
    }))
    .sort((a, b) => b.confidence - a.confidence)
}

/** The models' guesses after what is certain. */
function decided(
  guesses: readonly Guess<Intent>[],
  { cry, sos, notSos, code }: ReturnType<typeof certainOf>,
): Guess<Intent>[] {
  const ofSos = guesses.find(({ label }) => label === 'sos')?.confidence ?? 0
  const isSure = cry || (sos && ofSos >= RULE_FROM)
  if (isSure || ofSos >= (notSos ? BEYOND_DOUBT : SOS_FROM))
    return first('sos', guesses, isSure ? CERTAIN : ofSos)
  if (code !== undefined) return first(code, guesses, CERTAIN)
  if (!notSos || guesses[0]?.label !== 'sos') return [...guesses]
  const rest = guesses.filter(({ label }) => label !== 'sos')
  const left = rest.reduce((sum, { confidence }) => sum + confidence, 0)
  return rest.map(({ label, confidence }) => ({
    label,
    confidence: left === 0 ? 0 : confidence / left,
  }))
}

function first(
  intent: Intent,
  guesses: readonly Guess<Intent>[],
  atLeast: number,
): Guess<Intent>[] {
  const own = guesses.find(({ label }) => label === intent)?.confidence ?? 0
  const confidence = Math.max(own, atLeast)
  const rest = own === 1 ? 0 : (1 - confidence) / (1 - own)
  return [
    { label: intent, confidence },
    ...guesses
      .filter(({ label }) => label !== intent)
      .map((guess) => ({ ...guess, confidence: guess.confidence * rest })),
  ]
}

function ranked(guesses: readonly Guess<Intent>[]) {
  const likely = guesses
    .slice(0, LIKELY)
    .map(({ label, confidence }) => ({ intent: label, confidence: round(confidence) }))
  const [top] = likely
  return {
    intent: top?.intent ?? ('out_of_scope' as const),
    confidence: top?.confidence ?? 0,
    likely,
  }
}

const round = (share: number): number => Math.round(share * 1000) / 1000
