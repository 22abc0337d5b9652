import { useEffect, useState } from 'preact/hooks'
import type { Language, LocaleKey, Params } from '../../../locales/index.ts'
import { readText, writeText } from './storage.ts'

type Words = Record<string, string>
type Loader = () => Promise<{ default: Words }>
/** What one page needs: `{ miniapp: { vi: () => import('…/vi/miniapp.json', …), en: … } }`. */
export type WordSources = Record<string, Record<Language, Loader>>

const LANGUAGE_KEY = 'loa.language'
const listeners = new Set<() => void>()
let sources: WordSources = {}
let words: Words = {}
let language: Language = 'vi'
let plural = new Intl.PluralRules('vi')

/** The language now shown. */
export const currentLanguage = (): Language => language

/** Stored choice, else the browser's first language if it is one of ours, else Vietnamese. */
function wantedLanguage(): Language {
  const stored = readText(LANGUAGE_KEY)
  if (stored === 'vi' || stored === 'en') return stored
  for (const code of navigator.languages) {
    if (code.startsWith('vi')) return 'vi'
    if (code.startsWith('en')) return 'en'
  }
  return 'vi'
}

let turn: Promise<void> = Promise.resolve()
/** One at a time: words that come for a part must not be lost to a change of language that began before. */
const inTurn = (work: () => Promise<void>): Promise<void> => {
  turn = turn.then(work, work)
  return turn
}

async function readWords(from: WordSources, next: Language): Promise<Words> {
  const bundles = await Promise.all(
    Object.entries(from).map(async ([namespace, loaders]) => {
      const bundle = (await loaders[next]()).default
      return Object.entries(bundle).map(([key, text]) => [`${namespace}:${key}`, text] as const)
    }),
  )
  return Object.fromEntries(bundles.flat())
}

async function load(next: Language): Promise<void> {
  words = await readWords(sources, next)
  language = next
  plural = new Intl.PluralRules(next)
  document.documentElement.lang = next
}

/** Loads one language of the namespaces that a page needs; await it before the first render. */
export async function startI18n(pageSources: WordSources): Promise<void> {
  sources = pageSources
  await load(wantedLanguage())
}

/** More namespaces, for a part of a page that comes later; await it before that part is drawn. */
export async function addWords(partSources: WordSources): Promise<void> {
  await inTurn(async () => {
    if (Object.keys(partSources).every((namespace) => namespace in sources)) return
    const added = await readWords(partSources, language)
    sources = { ...sources, ...partSources }
    words = { ...words, ...added }
  })
}

/** Switches the language for all pages of this browser, then redraws whoever uses `useLanguage`. */
export async function setLanguage(next: Language): Promise<void> {
  await inTurn(() => load(next))
  writeText(LANGUAGE_KEY, next)
  for (const listener of listeners) listener()
}

/**
 * A sentence of the loaded language. `{{name}}` takes a parameter; `count` picks `_one` or `_other`. A key without a
 * sentence shows itself (the locale tests keep that from shipping).
 */
export function t(key: LocaleKey, params: Params = {}): string {
  const { count } = params
  const text =
    (typeof count === 'number'
      ? (words[`${key}_${plural.select(count)}`] ?? words[`${key}_other`])
      : undefined) ??
    words[key] ??
    key
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Whether a computed key (a category or a state that is newer than this page) has a sentence. */
export const hasWords = (key: LocaleKey): boolean => key in words

/** The shown language; the component (use it at the root) redraws when it changes. */
export function useLanguage(): Language {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return language
}
