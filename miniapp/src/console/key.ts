import type { LocaleKey } from '../../../locales/index.ts'

/** Narrows a computed key without pulling the translator of the server into the page. */
export const asKeyOf = (name: string): LocaleKey => name as LocaleKey
