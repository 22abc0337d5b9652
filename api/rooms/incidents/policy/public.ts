import type { LngLat } from '../../../core/geo.ts'
import { clean } from '../../../core/text.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { State } from '../schema.ts'
import { maskNames } from './mask/names.ts'
import { maskHouse, maskNumbers } from './mask/numbers.ts'
import { isOpen } from './table.ts'

type Options = {
  /** The place is private: which house it is stays hidden too. */
  isPrivate?: boolean
  /** An office wrote it: its own telephone stays. */
  isOffice?: boolean
}

/**
 * Words as the public may read them: names, telephone and other personal numbers, addresses and plates become dots,
 * whoever wrote them. It errs towards hiding; streets, hotlines, dates, sums and measures stay.
 */
export function publicText(text: string, options: Options = {}): string {
  const named = maskNames(clean(text))
  const shown = maskNumbers(named, { keepsLandlines: options.isOffice ?? false })
  return options.isPrivate === true ? maskHouse(shown) : shown
}

/** A place as the public may see it: `at` is the public point (~100 m for a private place), whose own words stay hidden. */
export function publicPlace(place: {
  at: LngLat | undefined
  text: string
  isPrivate: boolean
  around: string
}): (LngLat & { text: string }) | undefined {
  if (place.at === undefined) return undefined
  return place.isPrivate
    ? { ...place.at, text: place.around }
    : { ...place.at, text: publicText(place.text) }
}

/** Late: the day has passed and the office still owes the answer; or the answer came after it. */
export function isLate(
  c: { state: State; dueDate: LocalDate | null; answeredOn: LocalDate | null },
  today: LocalDate,
): boolean {
  if (c.dueDate === null) return false
  if (c.answeredOn !== null) return c.answeredOn > c.dueDate
  return isOpen(c.state) && today > c.dueDate
}
