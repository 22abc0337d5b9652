import { BUCKETS, type Features, featuresOf } from '../classify/features.ts'
import { hintsOf } from '../classify/hints.ts'
import { CATEGORY_LABELS, type CategoryLabel, INTENTS, type Intent } from '../classify/labels.ts'
import { classify, MAX_OF_PAIR, MAX_WEIGHT, type Model, type Scorer } from '../classify/model.ts'
import { NO_GAZETTEER } from '../extract/gazetteer.ts'
import { extract } from '../extract/index.ts'
import { normalise } from '../normalise.ts'
import { learnCalls } from './calls.ts'
import { expand } from './expand.ts'
import { type Learnt, type Lesson, learn } from './logistic.ts'
import { seedOf } from './random.ts'
import { vary } from './vary.ts'

/** A line of the training texts with what it means. */
export type Line = {
  text: string
  intent: Intent
  category?: CategoryLabel
  /** Sentences that are made of a pattern. */
  most?: number
}

type Sample = { features: Features; intent: number; category: number; fold: number; weight: number }

/** Hears how well it went. */
type Report = (line: string) => void

const EPOCHS = 3
/** Intents need many rows more than exact steps, categories the other way round; together they stay below 1.5 MB. */
const SHAPES = {
  intent: { rows: BUCKETS, steps: MAX_OF_PAIR, within: 0.997 },
  category: { rows: BUCKETS / 4, steps: MAX_WEIGHT, within: 0.9998 },
  call: { steps: MAX_WEIGHT, within: 0.9998 },
} as const
/** What a pattern makes is worth less than what a person wrote. */
const PATTERN_WEIGHT = 0.4
/** Each sentence is varied anew with each of these. */
const SALTS = [1, 2]
/** How far seldom labels count as much as frequent ones: 0 not, 1 wholly. */
const BALANCE = 0.9
const FOLDS = 5
/** One fold is kept apart to set the temperature. */
const HELD_OUT = 0

const read = (text: string): Features => {
  const message = normalise(text)
  return featuresOf(message, extract(message, NO_GAZETTEER), hintsOf(message.words, message.common))
}

/** All that is learnt from: each line in its variants; a line and its variants lie in one fold. */
function samplesOf(lines: readonly Line[]): Sample[] {
  return lines.flatMap(({ text, intent, category, most }) => {
    const fold = seedOf(text) % FOLDS
    const known = new Map<string, Features>()
    return expand(text, most)
      .flatMap((sentence) => SALTS.flatMap((salt) => vary(sentence, salt)))
      .map((sentence) => {
        const features = known.get(sentence) ?? read(sentence)
        known.set(sentence, features)
        return {
          features,
          intent: INTENTS.indexOf(intent),
          category: category === undefined ? -1 : CATEGORY_LABELS.indexOf(category),
          fold,
          weight: most === undefined ? 1 : PATTERN_WEIGHT,
        }
      })
  })
}

const balanced = (lessons: Lesson[], labels: number): Lesson[] => {
  const counts = new Float64Array(labels)
  for (const { label } of lessons) counts[label] = (counts[label] ?? 0) + 1
  const mean = lessons.length / labels
  return lessons.map((lesson) => ({
    ...lesson,
    weight:
      lesson.weight * Math.min(4, Math.max(0.2, (mean / (counts[lesson.label] ?? 1)) ** BALANCE)),
  }))
}

const lessonsOf = (samples: readonly Sample[], of: 'intent' | 'category', labels: number) =>
  balanced(
    samples
      .filter((s) => s[of] >= 0)
      .map((s) => ({ features: s.features.all, label: s[of], weight: s.weight })),
    labels,
  )

function toModel<L extends string>(
  labels: readonly L[],
  learnt: Learnt,
  { shape, temperature }: { shape: Shape; temperature: number },
): Model<L> {
  const bias = [...learnt.bias].map(rounded)
  return { labels, ...stepped(learnt.weights, shape), bias, temperature }
}

const rounded = (bias: number): number => Math.round(bias * 1000) / 1000

/** How many steps a weight may take to either side, and the share of weights that lies within them. */
type Shape = { steps: number; within: number }

/** Weights in whole steps. The few widest are cut, so that the many others keep their steps. */
function stepped(
  learnt: Float32Array,
  { steps, within }: Shape,
): { weights: Int8Array; scale: number } {
  const sorted = Float32Array.from(learnt, Math.abs).sort()
  const scale = (sorted[Math.floor(sorted.length * within)] ?? 1) / steps
  const weights = Int8Array.from(learnt, (w) =>
    Math.max(-steps, Math.min(steps, Math.round(w / scale))),
  )
  return { weights, scale: Number(scale.toPrecision(6)) }
}

const TEMPERATURES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5]

/** The temperature at which the probabilities of what was not learnt are most honest (least log loss). */
function temperatureOf<L extends string>(model: Model<L>, held: readonly Lesson[]): number {
  let best = { temperature: 1, loss: Infinity }
  for (const temperature of TEMPERATURES) {
    let loss = 0
    for (const { features, label } of held) {
      const guesses = classify({ ...model, temperature }, features)
      const right = guesses.find((guess) => guess.label === model.labels[label])
      loss -= Math.log(Math.max(1e-9, right?.confidence ?? 0))
    }
    if (loss < best.loss) best = { temperature, loss }
  }
  return best.temperature
}

function trainOne<L extends string>(
  labels: readonly L[],
  samples: readonly Sample[],
  of: 'intent' | 'category',
  report: Report,
): Model<L> {
  const shape = SHAPES[of]
  const size = { labels: labels.length, rows: shape.rows, epochs: EPOCHS }
  const known = lessonsOf(
    samples.filter((s) => s.fold !== HELD_OUT),
    of,
    labels.length,
  )
  const held = lessonsOf(
    samples.filter((s) => s.fold === HELD_OUT),
    of,
    labels.length,
  )
  const trial = toModel(labels, learn(known, size), { shape, temperature: 1 })
  const right = held.filter(
    ({ features, label }) => classify(trial, features)[0]?.label === labels[label],
  )
  const temperature = temperatureOf(trial, held)
  report(
    `${of}: ${known.length + held.length} sentences, ${((100 * right.length) / held.length).toFixed(1)} % of ${held.length} held out, temperature ${temperature}`,
  )
  const all = lessonsOf(samples, of, labels.length)
  return toModel(labels, learn(all, size), { shape, temperature })
}

/** The models of intents and of calls from all lines, that of categories from those that have one; deterministic. */
export function trainModels(
  lines: readonly Line[],
  report: Report,
): { intent: Model<Intent>; category: Model<CategoryLabel>; call: Scorer } {
  const samples = samplesOf(lines)
  const calls = learnCalls(
    samples.map(({ features, intent, weight }) => ({
      features: features.words,
      weight,
      isCall: intent === INTENTS.indexOf('sos'),
    })),
  )
  return {
    call: { ...stepped(calls.weights, SHAPES.call), bias: rounded(calls.bias) },
    intent: trainOne(INTENTS, samples, 'intent', report),
    category: trainOne(CATEGORY_LABELS, samples, 'category', report),
  }
}
