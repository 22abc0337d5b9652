import { featuresOf } from './classify/features.ts'
import { hintsOf } from './classify/hints.ts'
import { classify } from './classify/model.ts'
import { categoryModel } from './classify/models.ts'
import { NO_GAZETTEER } from './extract/gazetteer.ts'
import { extract } from './extract/index.ts'
import { normalise } from './normalise.ts'

type CategoryGuess = { category: string; confidence: number }

/** A guess below this only misleads; two that both stand above it are offered side by side. */
const SHOWN_FROM = 0.2
const MAX_GUESSES = 3

/**
 * Incident categories that words of a report most likely mean, best first, at most three; none for words that say too
 * little. `isUrgent`: words of danger. Unlike `understand` it takes for granted that something is being reported.
 */
export function suggestCategories(input: string): { guesses: CategoryGuess[]; isUrgent: boolean } {
  const message = normalise(input)
  if (message.words.length === 0) return { guesses: [], isUrgent: false }
  const hints = hintsOf(message.words, message.common)
  const features = featuresOf(message, extract(message, NO_GAZETTEER), hints)
  const guesses = classify(categoryModel, features.all)
    .filter(({ label, confidence }) => label !== 'none' && confidence >= SHOWN_FROM)
    .slice(0, MAX_GUESSES)
    .map(({ label, confidence }) => ({ category: label, confidence }))
  return { guesses, isUrgent: hints.has('urgent') || hints.has('sos') }
}
