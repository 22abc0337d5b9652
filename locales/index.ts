import i18next from 'i18next'
import { en } from './en/index.ts'
import { vi } from './vi/index.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

type Bundle = typeof vi
type Namespace = keyof Bundle & string
/** Drops the plural suffix: `days_one`/`days_other` are asked for as `days`. */
type Bare<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K
/** Every sentence there is: `room:place.element[.state]`, flat keys. */
export type LocaleKey = { [N in Namespace]: `${N}:${Bare<keyof Bundle[N] & string>}` }[Namespace]

export type Params = Record<string, string | number>
export type Translate = (key: LocaleKey, params?: Params) => string

/** Narrows a computed key; the locale tests see that every family of keys is whole. */
export const asKey = (key: string): LocaleKey => key as LocaleKey

/**
 * Translators for both languages. `onMissing` is told of a key that neither language has (tests throw there); the
 * reader then gets the Vietnamese text or, failing that, the key.
 */
export function createTranslators(
  onMissing: (key: string) => void,
): (language: Language) => Translate {
  const instance = i18next.createInstance()
  instance.init({
    lng: 'vi',
    fallbackLng: 'vi',
    ns: Object.keys(vi),
    resources: { vi, en },
    keySeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => onMissing(`${namespace}:${key}`),
  })
  const bound = {
    vi: instance.getFixedT('vi'),
    en: instance.getFixedT('en'),
  }
  return (language) => (key, params) => bound[language](key, params ?? {})
}

/** The first of our languages that an `Accept-Language` header or a platform's code names; Vietnamese otherwise. */
export function pickLanguage(wanted: string | undefined): Language {
  for (const entry of (wanted ?? '').toLowerCase().split(',')) {
    const code = entry.trim().slice(0, 2)
    if (code === 'vi' || code === 'en') return code
  }
  return 'vi'
}
