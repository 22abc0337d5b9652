export { gazetteerOf, type NamedPlace } from './extract/gazetteer.ts'
export { suggestCategories } from './suggest.ts'
export { type Understanding, understand } from './understand.ts'
export { withoutCodes, withoutPhones } from './without-codes.ts'
