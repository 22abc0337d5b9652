import { clean } from '../../api/core/text.ts'

/** What stands at `path` in a body of unknown shape: own properties only, undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string, unknown>)[key]
  }
  return here
}

const ID = /^[\w.:-]{1,128}$/

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && ID.test(value) ? value : undefined

/** Text that may be stored: well formed, clean, not empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = clean(value.toWellFormed())
  return text === '' ? undefined : text
}

/** JSON, or undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
