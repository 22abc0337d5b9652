import { readJson, writeJson } from '../shared/storage.ts'

const KEY = 'loa.cases'
/** More than the look-up takes at once would not fit one request. */
const MAX_KEPT = 20

/** A case sent from this device; the secret never leaves it but to the API. */
export type OwnCase = { code: string; secret: string; category: string; sentAt: string }

const isText = (value: unknown) => typeof value === 'string'
const isOwnCase = (value: unknown): value is OwnCase => {
  const c = value as Partial<OwnCase> | null
  return !!c && [c.code, c.secret, c.category, c.sentAt].every(isText)
}
const isList = (value: unknown): value is OwnCase[] =>
  Array.isArray(value) && value.every(isOwnCase)

/** Newest first. */
export const ownCases = (): OwnCase[] => readJson(KEY, isList) ?? []

export const ownCase = (code: string): OwnCase | undefined =>
  ownCases().find((kept) => kept.code === code)

/** False when the device would not keep it: the page then asks the reader to write the code down. */
export function keepOwnCase(added: OwnCase): boolean {
  const others = ownCases().filter((kept) => kept.code !== added.code)
  return writeJson(KEY, [added, ...others].slice(0, MAX_KEPT))
}

export const forgetOwnCases = (): boolean => writeJson(KEY, [])
