import { clean } from '../../api/core/text.ts'

/** What stands at `path` in a body of unknown shape: own properties only, undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string | number, unknown>)[key]
  }
  return here
}

const ID = /^[\w.:-]{1,128}$/

/** An id as text; Zalo writes most of them quoted, some bare. */
export function idOf(value: unknown): string | undefined {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : value
  return typeof id === 'string' && ID.test(id) ? id : undefined
}

/** Text that may be stored: well formed, clean, not empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = clean(value.toWellFormed())
  return text === '' ? undefined : text
}

/** A number, or digits that spell one. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  if (typeof value === 'string' && !/^\s*[-+]?\d+(\.\d+)?\s*$/.test(value)) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
