export { type Understanding, understand } from './understand.ts'
