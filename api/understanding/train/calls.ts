import { type Vector, WORD_BUCKETS } from '../classify/features.ts'
import { dice, shuffle } from './random.ts'

type CallLesson = { features: Vector; isCall: boolean; weight: number }

const RATE = 0.5
const BIAS_RATE = 0.05
const EPSILON = 1e-6
const EPOCHS = 4
/** As in logistic.ts: what is this sure already teaches nothing more. */
const SETTLED = 0.003

/** Logistic regression of one question by AdaGrad, in a fixed order of shuffles. */
export function learnCalls(lessons: readonly CallLesson[]): {
  weights: Float32Array
  bias: number
} {
  const weights = new Float32Array(WORD_BUCKETS)
  const squares = new Float32Array(WORD_BUCKETS)
  let [bias, biasSquare] = [0, 0]
  const d = dice(20_261_128)
  const order = lessons.map((_lesson, i) => i)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, d)
    for (const at of order) {
      const lesson = lessons[at]
      if (lesson === undefined) continue
      const { buckets, values } = lesson.features
      let logit = bias
      for (let i = 0; i < buckets.length; i++)
        logit += (weights[buckets[i] ?? 0] ?? 0) * (values[i] ?? 0)
      const error = (1 / (1 + Math.exp(-logit)) - (lesson.isCall ? 1 : 0)) * lesson.weight
      if (Math.abs(error) < SETTLED) continue
      biasSquare += error * error
      bias -= (BIAS_RATE * error) / (Math.sqrt(biasSquare) + EPSILON)
      for (let i = 0; i < buckets.length; i++) {
        const cell = buckets[i] ?? 0
        const g = error * (values[i] ?? 0)
        const s = (squares[cell] ?? 0) + g * g
        squares[cell] = s
        weights[cell] = (weights[cell] ?? 0) - (RATE * g) / (Math.sqrt(s) + 0.01)
      }
    }
  }
  return { weights, bias }
}
