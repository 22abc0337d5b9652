export { findPublicCode } from './codes.ts'
export { normalise } from './normalise.ts'
export { INTENTS, type Intent, type Understanding, understand } from './understand.ts'
