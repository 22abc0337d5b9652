import type { CategoryId } from '../../../../api/rooms/incidents/schema.ts'
import { CATEGORIES } from '../../resident/categories.ts'
import type { UploadedPhoto } from '../../resident/use-uploads.ts'
import { readJson, removeKey, writeJson } from '../../shared/storage.ts'
import type { Open } from './calls.ts'

/** What is being written; kept on the device, so that a reload or a lost signal costs nothing. */
export type LongWords = {
  description: string
  category?: CategoryId
  place: string
  photos: UploadedPhoto[]
}

const isWords = (value: unknown): value is LongWords => {
  const words = value as Partial<LongWords> | null
  return (
    !!words &&
    typeof words.description === 'string' &&
    typeof words.place === 'string' &&
    Array.isArray(words.photos)
  )
}

/** Names the link without its secret half. */
const keyOf = (token: string) => `loa.long.${token.slice(0, 32)}`

const isCategory = (value: string | null): value is CategoryId =>
  (CATEGORIES as readonly (string | null)[]).includes(value)

/** What this device kept of this link, else what the chat knows. */
export function startWords(token: string, { view }: Open): LongWords {
  const { description, category, place } = view
  return (
    readWords(token) ?? {
      description,
      place: place?.words ?? '',
      photos: [],
      ...(isCategory(category) ? { category } : {}),
    }
  )
}

export const readWords = (token: string): LongWords | undefined => readJson(keyOf(token), isWords)
export const keepWords = (token: string, words: LongWords): boolean =>
  writeJson(keyOf(token), words)
export const forgetWords = (token: string): void => removeKey(keyOf(token))
