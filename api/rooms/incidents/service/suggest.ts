import { parseInput } from '../../../http/kit.ts'
import { suggestCategories } from '../../../understanding/index.ts'
import { CATEGORY_IDS } from '../schema.ts'
import { type Suggestion, SuggestQuery } from '../schema-follow.ts'

/** Fewer signs than a word of Vietnamese with its neighbour say nothing. */
const MIN_SIGNS = 4

/** What category the words of a report likely mean. Pure: nothing is read, kept or logged. Throws `http.invalid_input`. */
export function suggestCategory(input: SuggestQuery): Suggestion {
  const { text } = parseInput(SuggestQuery, input)
  if (text.length < MIN_SIGNS) return { categories: [], isUrgent: false }
  const { guesses, isUrgent } = suggestCategories(text)
  const categories = guesses.flatMap(({ category, confidence }) => {
    const known = CATEGORY_IDS.find((id) => id === category)
    return known === undefined ? [] : [{ category: known, confidence }]
  })
  return { categories, isUrgent }
}
