import type { WordSources } from '../shared/i18n.ts'

/** Words of the pages behind the menu; they come with the first part that is opened. */
export const DESK_WORDS: WordSources = {
  desk: {
    vi: () => import('../../../locales/vi/desk.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/desk.json', { with: { type: 'json' } }),
  },
}
