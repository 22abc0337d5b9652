import type { ActivityData } from '../policy/moves.ts'
import { publicText } from '../policy/public.ts'

/**
 * Days after the end of a case until what leads to the sender goes. Half a year covers the ten days for objections, the
 * question after closing, and a review by the people's council; the case itself stays, as everybody may read it.
 */
export const SENDER_DAYS = 180

/** The columns of a case that lead to its sender or to a private place. */
export type Traces = {
  description: string
  placeText: string
  isPrivatePlace: boolean
  publicLng: number | null
  publicLat: number | null
}

/** The same case without its sender: words masked for good, a private place only as its grid point. */
export function withoutSender(c: Traces) {
  const isPrivate = c.isPrivatePlace
  return {
    reporterId: null,
    secretHash: null,
    externalSource: null,
    externalRef: null,
    description: publicText(c.description, { isPrivate }),
    placeText: isPrivate ? '' : publicText(c.placeText),
    ...(isPrivate ? { lng: c.publicLng, lat: c.publicLat } : {}),
  }
}

/** Members of a step in which somebody wrote about themselves, or an official about them. */
const WORDS = ['text', 'note', 'comment', 'question'] as const
/** An answer of an office is public already. */
const KEPT_KINDS = ['answer']

/** The data of a step with its words masked; undefined when there is nothing to mask. */
export function maskedStep(kind: string, data: ActivityData): ActivityData | undefined {
  if (KEPT_KINDS.includes(kind)) return undefined
  const changed = WORDS.flatMap((member) => {
    const words = data[member]
    if (typeof words !== 'string') return []
    const masked = publicText(words, { isPrivate: true })
    return masked === words ? [] : [[member, masked] as const]
  })
  return changed.length === 0 ? undefined : { ...data, ...Object.fromEntries(changed) }
}
