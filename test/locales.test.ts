import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERROR_STATUS } from '../api/core/errors.ts'
import { en } from '../locales/en/index.ts'
import { vi } from '../locales/vi/index.ts'

const ROOT = new URL('..', import.meta.url).pathname
type Texts = Record<string, string>
const bundles = Object.keys(vi) as (keyof typeof vi)[]
const bare = (key: string) => key.replace(/_(one|other)$/, '')
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]))].sort()

describe.each(bundles)('locale %s', (name) => {
  const source: Texts = vi[name]
  const other: Texts = en[name]

  it('has the same sentences in both languages', () => {
    expect([...new Set(Object.keys(other).map(bare))].sort()).toEqual(
      [...new Set(Object.keys(source).map(bare))].sort(),
    )
  })

  it('has the same placeholders in both languages', () => {
    const differing = Object.keys(source).filter((key) => {
      const twin = other[key] ?? other[`${bare(key)}_other`] ?? ''
      return JSON.stringify(placeholders(source[key] ?? '')) !== JSON.stringify(placeholders(twin))
    })
    expect(differing).toEqual([])
  })

  it('is NFC, not empty, and never shouts at a reader', () => {
    const bad = [...Object.entries(source), ...Object.entries(other)].filter(
      ([, text]) => text !== text.normalize('NFC') || text.trim() === '' || /!/.test(text),
    )
    expect(bad).toEqual([])
  })

  it('keeps one tone style (hòa, thủy, hủy)', () => {
    const newStyle = /(?<![qQ])(o[àáảãạ]|O[ÀÁẢÃẠ]|u[ỳýỷỹỵ]|o[èéẻẽẹ])(?!\p{L})/u
    expect(Object.entries(source).filter(([, text]) => newStyle.test(text))).toEqual([])
  })
})

it('every error code has a title and a sentence in both languages', () => {
  const missing = Object.keys(ERROR_STATUS).flatMap((code) =>
    [code, `${code}.title`].filter((key) => !(key in vi.errors) || !(key in en.errors)),
  )
  expect(missing).toEqual([])
})

const sources = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : sources(`${dir}/${entry.name}`)
    return /\.tsx?$/.test(entry.name) ? [`${dir}/${entry.name}`] : []
  })

describe('keys in the code', () => {
  const code = ['api', 'bots', 'miniapp']
    .flatMap(sources)
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')
  const known = new Set(
    bundles.flatMap((name) => Object.keys(vi[name]).map((key) => `${name}:${bare(key)}`)),
  )

  const scripts = new Set(
    Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts),
  )

  it('every key that the code names exists', () => {
    const asked = [...code.matchAll(/['"`]((?:[a-z]+):[a-z][\w.-]+)['"`]/g)]
      .map((m) => m[1] ?? '')
      .filter((key) => bundles.some((name) => key.startsWith(`${name}:`)))
    expect(asked.filter((key) => !known.has(key) && !scripts.has(key))).toEqual([])
  })

  it('no sentence is left that nothing asks for', () => {
    // A family asked for by a computed key (`incidents:state.${state}`) keeps all its members.
    const families = [...code.matchAll(/[`'"]([a-z]+:(?:[\w.-]*?[.:])?)\$\{/g)].map(
      (m) => m[1] ?? '',
    )
    const named = new Set([...code.matchAll(/[a-z]+:[\w.-]+(?=['"`])/g)].map(([key]) => key))
    const unused = [...known].filter(
      (key) => !named.has(key) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
})
