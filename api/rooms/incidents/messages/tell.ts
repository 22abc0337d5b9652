import { asKey } from '../../../../locales/index.ts'
import { type Message, type Part, say, text } from '../../../chat/message.ts'
import { CLOSES_AFTER_DAYS, INFO_LAPSES_AFTER_DAYS, type Tell } from '../policy/moves.ts'
import type { ReasonCode } from '../schema.ts'
import type { T } from './intake.ts'
import type { Phones } from './phones.ts'

export type Told = {
  code: string
  agency: string
  due: string
  phones: Phones
  reasonCode?: ReasonCode
  original?: string
  question?: string
  answer?: { text: string; noProofReason?: string; photos: readonly { id: string; url: string }[] }
}

/** What the resident reads in their chat after a step; its first sentence also fits a template. */
export function tellMessages(t: T, tell: Tell, about: Told): Message[] {
  const [first, ...rest] = stepMessages(t, tell, about)
  if (first === undefined) return []
  const words = first.parts.find((part) => part.kind === 'text')?.text ?? ''
  return [{ ...first, brief: { code: about.code, text: words } }, ...rest]
}

function stepMessages(t: T, tell: Tell, about: Told): Message[] {
  const { code, agency, due } = about
  switch (tell) {
    case 'answered':
      return [answeredMessage(t, about)]
    case 'refused': {
      const reasonCode = about.reasonCode ?? 'out_of_scope'
      const reason = t(asKey(`incidents:reason.${reasonCode}`))
      return [
        {
          parts: [
            text(t('incidents:tell.refused', { code, reason })),
            text(t(asKey(`incidents:reason.${reasonCode}.todo`), about.phones)),
          ],
        },
      ]
    }
    case 'duplicate':
      return [say(t('incidents:tell.duplicate', { code, original: about.original ?? '' }))]
    case 'needs_info':
      return [
        {
          parts: [
            text(t('incidents:tell.needs_info', { code })),
            text(about.question ?? ''),
            text(
              t('incidents:tell.needs_info.after', {
                ...about.phones,
                days: INFO_LAPSES_AFTER_DAYS,
              }),
            ),
          ],
        },
      ]
    default:
      return [say(t(asKey(`incidents:tell.${tell}`), { code, agency, due }))]
  }
}

function answeredMessage(t: T, { code, agency, answer, phones }: Told): Message {
  const photos = answer?.photos ?? []
  return {
    parts: [
      text(t('incidents:tell.answered', { code, agency })),
      text(answer?.text ?? ''),
      ...photos.map(
        (photo): Part => ({
          kind: 'image',
          mediaId: photo.id,
          url: photo.url,
          alt: t('incidents:photo.alt'),
        }),
      ),
      ...(answer?.noProofReason === undefined
        ? []
        : [text(t('incidents:tell.answered.no_photo', { reason: answer.noProofReason }))]),
      text(t('incidents:tell.answered.after', { ...phones, days: CLOSES_AFTER_DAYS })),
    ],
  }
}
