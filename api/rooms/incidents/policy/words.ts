import { fold } from '../../../core/text.ts'
import { publicText } from './public.ts'

/** More words narrow nothing further. */
const MAX_WORDS = 8

/** What a case is searched by: only what everybody may read of it, so that a search never finds a name or a number. */
export function searchWords(c: {
  description: string
  placeText: string
  isPrivatePlace: boolean
}): string {
  const isPrivate = c.isPrivatePlace
  const place = isPrivate ? '' : publicText(c.placeText)
  return fold(`${publicText(c.description, { isPrivate })} ${place}`)
}

/** Words to find as PostgreSQL's text query: all of them, each as a beginning; undefined when there is none. */
export function toTextQuery(q: string): string | undefined {
  const words = fold(q).match(/[a-z0-9]+/g) ?? []
  if (words.length === 0) return undefined
  return words
    .slice(0, MAX_WORDS)
    .map((word) => `${word}:*`)
    .join(' & ')
}
