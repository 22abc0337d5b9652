import type { WordSources } from '../shared/i18n.ts'

/** Namespaces that this page speaks with; one language of each is loaded. */
export const CHAT_WORDS: WordSources = {
  webchat: {
    vi: () => import('../../../locales/vi/webchat.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/webchat.json', { with: { type: 'json' } }),
  },
  miniapp: {
    vi: () => import('../../../locales/vi/miniapp.json', { with: { type: 'json' } }),
    en: () => import('../../../locales/en/miniapp.json', { with: { type: 'json' } }),
  },
}
