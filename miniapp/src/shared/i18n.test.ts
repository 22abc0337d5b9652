import { beforeEach, expect, it, vi } from 'vitest'
import type { LocaleKey } from '../../../locales/index.ts'
import { addWords, setLanguage, startI18n, t, type WordSources } from './i18n.ts'

/** Words that come only when they are let go. */
function slowWords(namespace: string) {
  const waiting: (() => void)[] = []
  const later = (text: string) => () =>
    new Promise<{ default: Record<string, string> }>((resolve) => {
      waiting.push(() => resolve({ default: { greeting: text } }))
    })
  const sources: WordSources = { [namespace]: { vi: later('Chào'), en: later('Hello') } }
  const letGo = async () => {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    waiting.shift()?.()
  }
  return { sources, letGo }
}

const first: WordSources = {
  first: {
    vi: async () => ({ default: { word: 'Một' } }),
    en: async () => ({ default: { word: 'One' } }),
  },
}
const greeting = (namespace: string) => t(`${namespace}:greeting` as LocaleKey)

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: {} })
  await startI18n(first)
  await setLanguage('vi')
})

it('speaks with the words of a part once they are there', async () => {
  const { sources, letGo } = slowWords('calm')
  const coming = addWords(sources)
  await letGo()
  await coming
  expect([greeting('calm'), t('first:word' as LocaleKey)]).toEqual(['Chào', 'Một'])
})

it('keeps the words of a part when the language changes while they come', async () => {
  const { sources, letGo } = slowWords('hasty')
  const coming = addWords(sources)
  const changing = setLanguage('en')
  await letGo()
  await letGo()
  await Promise.all([coming, changing])
  expect([greeting('hasty'), t('first:word' as LocaleKey)]).toEqual(['Hello', 'One'])
})

it('asks again after words did not come', async () => {
  let calls = 0
  const vi = async () => {
    calls += 1
    if (calls === 1) throw new Error('no signal')
    return { default: { greeting: 'Chào' } }
  }
  const sources = { torn: { vi, en: vi } }
  await expect(addWords(sources)).rejects.toThrow('no signal')
  await addWords(sources)
  await addWords(sources)
  expect([calls, greeting('torn')]).toEqual([2, 'Chào'])
})
