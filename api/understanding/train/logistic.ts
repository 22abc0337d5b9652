import type { Vector } from '../classify/features.ts'
import { dice, shuffle } from './random.ts'

/** One thing to learn: features and the number of the right label; `weight` counts it more or less often. */
export type Lesson = { features: Vector; label: number; weight: number }
export type Learnt = { weights: Float32Array; bias: Float32Array }

const RATE = 0.5
const EPSILON = 1e-6
/** Labels that are this sure already teach nothing more; leaving them out makes training several times faster. */
const SETTLED = 0.003

/** Multinomial logistic regression by AdaGrad in a fixed order of shuffles; the same lessons give the same weights. */
export function learn(
  lessons: readonly Lesson[],
  { labels, rows, epochs }: { labels: number; rows: number; epochs: number },
): Learnt {
  const weights = new Float32Array(rows * labels)
  const squares = new Float32Array(rows * labels)
  const bias = new Float32Array(labels)
  const biasSquares = new Float32Array(labels)
  const order = lessons.map((_lesson, i) => i)
  const d = dice(20_261_127)
  const p = new Float64Array(labels)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, d)
    for (const at of order) {
      const lesson = lessons[at]
      if (lesson === undefined) continue
      const { buckets, values } = lesson.features
      probabilities(p, { weights, bias, rows }, lesson.features)
      const open: number[] = []
      for (let k = 0; k < labels; k++) {
        const g = ((p[k] ?? 0) - (k === lesson.label ? 1 : 0)) * lesson.weight
        p[k] = g
        if (Math.abs(g) < SETTLED) continue
        open.push(k)
        biasSquares[k] = (biasSquares[k] ?? 0) + g * g
        bias[k] = (bias[k] ?? 0) - (0.1 * RATE * g) / (Math.sqrt(biasSquares[k] ?? 0) + EPSILON)
      }
      for (let i = 0; i < buckets.length && open.length > 0; i++) {
        const row = ((buckets[i] ?? 0) % rows) * labels
        const value = values[i] ?? 0
        for (const k of open) {
          const cell = row + k
          const g = (p[k] ?? 0) * value
          const s = (squares[cell] ?? 0) + g * g
          squares[cell] = s
          weights[cell] = (weights[cell] ?? 0) - (RATE * g) / (Math.sqrt(s) + 0.01)
        }
      }
    }
  }
  return { weights, bias }
}

function probabilities(
  p: Float64Array,
  { weights, bias, rows }: Learnt & { rows: number },
  { buckets, values }: Vector,
): void {
  const labels = p.length
  for (let k = 0; k < labels; k++) p[k] = bias[k] ?? 0
  for (let i = 0; i < buckets.length; i++) {
    const row = ((buckets[i] ?? 0) % rows) * labels
    const value = values[i] ?? 0
    for (let k = 0; k < labels; k++) p[k] = (p[k] ?? 0) + (weights[row + k] ?? 0) * value
  }
  let top = -Infinity
  for (let k = 0; k < labels; k++) top = Math.max(top, p[k] ?? 0)
  let total = 0
  for (let k = 0; k < labels; k++) {
    p[k] = Math.exp((p[k] ?? 0) - top)
    total += p[k] ?? 0
  }
  for (let k = 0; k < labels; k++) p[k] = (p[k] ?? 0) / total
}
