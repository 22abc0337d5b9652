export { CATEGORY_LABELS, type CategoryLabel, INTENTS, type Intent } from './classify/labels.ts'
