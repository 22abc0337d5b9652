import type { LocaleKey } from '../../../locales/index.ts'

/** Narrows a computed key (the twin of `asKey` in locales/index.ts, which would bring the server's i18n along). */
export const asKey = (key: string): LocaleKey => key as LocaleKey
