import { CATEGORY_LABELS, type CategoryLabel, INTENTS, type Intent } from './labels.ts'
import { type Model, unpack } from './model.ts'
import { CATEGORY_FACTS, CATEGORY_WEIGHTS, INTENT_FACTS, INTENT_WEIGHTS } from './weights.ts'

export const intentModel: Model<Intent> = {
  labels: INTENTS,
  weights: unpack(INTENT_WEIGHTS),
  ...INTENT_FACTS,
}

export const categoryModel: Model<CategoryLabel> = {
  labels: CATEGORY_LABELS,
  weights: unpack(CATEGORY_WEIGHTS),
  ...CATEGORY_FACTS,
}
