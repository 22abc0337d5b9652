import { CATEGORY_LABELS, type CategoryLabel, INTENTS, type Intent } from './labels.ts'
import { type Model, type Scorer, takeApart, unpack } from './model.ts'
import {
  CALL_FACTS,
  CALL_WEIGHTS,
  CATEGORY_FACTS,
  CATEGORY_WEIGHTS,
  INTENT_FACTS,
  INTENT_WEIGHTS,
} from './weights.ts'

export const intentModel: Model<Intent> = {
  labels: INTENTS,
  weights: takeApart(unpack(INTENT_WEIGHTS)),
  ...INTENT_FACTS,
}

export const categoryModel: Model<CategoryLabel> = {
  labels: CATEGORY_LABELS,
  weights: unpack(CATEGORY_WEIGHTS),
  ...CATEGORY_FACTS,
}

/** Whether a message is a call for rescue, by its words alone: a second opinion on the one question that costs most. */
export const callModel: Scorer = { weights: unpack(CALL_WEIGHTS), ...CALL_FACTS }
