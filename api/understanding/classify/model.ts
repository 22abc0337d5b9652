import type { Vector } from './features.ts'

/** A linear model: one weight a row and label (a bucket is read in the row that is left when divided by their number), a bias a label, and the temperature of its confidence. */
export type Model<L extends string> = {
  labels: readonly L[]
  weights: Int8Array
  /** What one step of a weight is worth. */
  scale: number
  bias: readonly number[]
  temperature: number
}

export type Guess<L extends string> = { label: L; confidence: number }

/** Every label with its calibrated probability, the likeliest first. */
export function classify<L extends string>(model: Model<L>, features: Vector): Guess<L>[] {
  const { labels, weights, scale, bias, temperature } = model
  const count = labels.length
  const rows = weights.length / count
  const sums = new Float64Array(count)
  const { buckets, values } = features
  for (let i = 0; i < buckets.length; i++) {
    const row = ((buckets[i] ?? 0) % rows) * count
    const value = values[i] ?? 0
    for (let k = 0; k < count; k++) sums[k] = (sums[k] ?? 0) + (weights[row + k] ?? 0) * value
  }
  const logits = labels.map((_label, k) => ((sums[k] ?? 0) * scale + (bias[k] ?? 0)) / temperature)
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return labels
    .map((label, k) => ({ label, confidence: (powers[k] ?? 0) / total }))
    .sort((a, b) => b.confidence - a.confidence)
}

/** A linear model of one question: one weight a bucket. */
export type Scorer = Pick<Model<string>, 'weights' | 'scale'> & { bias: number }

/** Log-odds of the answer yes. */
export function score({ weights, scale, bias }: Scorer, { buckets, values }: Vector): number {
  let sum = 0
  for (let i = 0; i < buckets.length; i++) sum += (weights[buckets[i] ?? 0] ?? 0) * (values[i] ?? 0)
  return sum * scale + bias
}

/** The signs of a packed weight, −42…42: printable, and none that a TypeScript text must escape. */
const FIRST = 40
const SKIPPED = 92
const MIDDLE = 42

export function pack(weights: Int8Array): string {
  const out: string[] = []
  for (const weight of weights) {
    const code = FIRST + weight + MIDDLE
    out.push(String.fromCharCode(code >= SKIPPED ? code + 1 : code))
  }
  return out.join('')
}

export function unpack(text: string): Int8Array {
  const weights = new Int8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    weights[i] = (code > SKIPPED ? code - 1 : code) - FIRST - MIDDLE
  }
  return weights
}

export const MAX_WEIGHT = MIDDLE

/** Two weights of −4…4 as one of −40…40: half as exact, but twice as many fit the same file. */
export const MAX_OF_PAIR = 4
const PAIR = 2 * MAX_OF_PAIR + 1

export const pairUp = (weights: Int8Array): Int8Array =>
  Int8Array.from(
    { length: weights.length / 2 },
    (_none, i) => (weights[2 * i] ?? 0) * PAIR + (weights[2 * i + 1] ?? 0),
  )

export function takeApart(pairs: Int8Array): Int8Array {
  const weights = new Int8Array(pairs.length * 2)
  for (const [i, pair] of pairs.entries()) {
    const first = Math.round(pair / PAIR)
    weights[2 * i] = first
    weights[2 * i + 1] = pair - first * PAIR
  }
  return weights
}
