import type { ActivityData } from '../policy/moves.ts'
import { publicText } from '../policy/public.ts'

/** The columns of a case that lead to its sender or to a private place. */
export type Traces = {
  description: string
  placeText: string
  answerText: string | null
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
    answerText:
      c.answerText === null ? null : publicText(c.answerText, { isPrivate, isOffice: true }),
    placeText: isPrivate ? '' : publicText(c.placeText),
    ...(isPrivate ? { lng: c.publicLng, lat: c.publicLat } : {}),
  }
}

/** Members of a step in which somebody wrote about themselves, or an official about them. */
const WORDS = ['text', 'note', 'comment', 'question', 'noProofReason', 'documentReference'] as const
/** A partner's page of the same report may name who sent it there. */
const LINK = /https?:\/\/\S+/g

/** The data of a step with its words masked, an office's own as in its answer; undefined when there is nothing to mask. */
export function maskedStep(
  { kind, data }: { kind: string; data: ActivityData },
  isPrivate: boolean,
): ActivityData | undefined {
  const isOffice = kind === 'answer'
  const changed = WORDS.flatMap((member) => {
    const words = data[member]
    if (typeof words !== 'string') return []
    const named = publicText(words, isOffice ? { isPrivate, isOffice } : { isPrivate: true })
    const masked = kind === 'partner_comment' ? named.replace(LINK, '•••') : named
    return masked === words ? [] : [[member, masked] as const]
  })
  return changed.length === 0 ? undefined : { ...data, ...Object.fromEntries(changed) }
}
