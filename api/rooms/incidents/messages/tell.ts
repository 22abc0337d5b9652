import { asKey } from '../../../../locales/index.ts'
import { type Choice, type Message, type Part, text } from '../../../chat/message.ts'
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
  redirectTo?: string
  original?: string
  question?: string
  answer?: ToldAnswer
}

export type ToldAnswer = {
  text: string
  noProofReason?: string
  document?: { number: string; reference?: string | undefined }
  photos: readonly { id: string; url: string }[]
}

/** Who reads it: whoever sent the report may do more than somebody who follows it. */
export type Reader = 'reporter' | 'follower'

/** Choice ids of the chat flow that acts on a case. */
export const caseChoice = (act: string, code: string): string => `case.${act}.${code}`

/** What is read in a chat after a step; its first sentence also fits a template. */
export function tellMessage(t: T, tell: Tell, about: Told, reader: Reader): Message {
  const parts = partsOf(t, tell, about, reader)
  const why = reader === 'follower' ? [text(t('incidents:tell.follower'))] : []
  const first = parts.find((part) => part.kind === 'text')?.text ?? ''
  return {
    parts: [...parts, ...why],
    choices: choicesOf(t, tell, about, reader),
    brief: { code: about.code, text: first },
  }
}

function partsOf(t: T, tell: Tell, about: Told, reader: Reader): Part[] {
  const { code, agency, due } = about
  switch (tell) {
    case 'answered':
      return answerParts(t, about, reader)
    case 'refused':
      return refusalParts(t, about)
    case 'duplicate':
      return [text(t('incidents:tell.duplicate', { code, original: about.original ?? '' }))]
    case 'needs_info':
      return [
        text(t('incidents:tell.needs_info', { code })),
        text(about.question ?? ''),
        text(
          t('incidents:tell.needs_info.after', { ...about.phones, days: INFO_LAPSES_AFTER_DAYS }),
        ),
      ]
    default:
      return [text(t(asKey(`incidents:tell.${tell}`), { code, agency, due }))]
  }
}

function refusalParts(t: T, { code, phones, redirectTo, ...about }: Told): Part[] {
  const reasonCode = about.reasonCode ?? 'out_of_scope'
  const reason = t(asKey(`incidents:reason.${reasonCode}`))
  return [
    text(t('incidents:tell.refused', { code, reason })),
    text(t(asKey(`incidents:reason.${reasonCode}.todo`), phones)),
    ...(redirectTo === undefined
      ? []
      : [text(t('incidents:reason.redirect', { redirect: redirectTo }))]),
  ]
}

/** An answer as it is read: its words, its photos, its paper, or why there is neither. */
export function answerBody(t: T, answer: ToldAnswer): Part[] {
  const { document } = answer
  return [
    text(answer.text),
    ...answer.photos.map(
      (photo): Part => ({
        kind: 'image',
        mediaId: photo.id,
        url: photo.url,
        alt: t('incidents:photo.alt'),
      }),
    ),
    ...(document === undefined
      ? []
      : [
          text(
            t('incidents:tell.answered.document', {
              document: [document.number, document.reference].filter(Boolean).join(', '),
            }),
          ),
        ]),
    ...(answer.noProofReason === undefined
      ? []
      : [text(t('incidents:tell.answered.no_photo', { reason: answer.noProofReason }))]),
  ]
}

const answerParts = (t: T, { code, agency, answer, phones }: Told, reader: Reader): Part[] => [
  text(t('incidents:tell.answered', { code, agency })),
  ...answerBody(t, answer ?? { text: '', photos: [] }),
  ...(reader === 'reporter'
    ? [text(t('incidents:tell.answered.after', { ...phones, days: CLOSES_AFTER_DAYS }))]
    : []),
]

function choicesOf(t: T, tell: Tell, { code, original }: Told, reader: Reader): Choice[] {
  const act = (name: string) => ({
    id: caseChoice(name, code),
    label: t(asKey(`incidents:act.${name}`)),
  })
  const look = { id: `track_report.${original ?? code}`, label: t('incidents:created.track') }
  if (reader === 'follower')
    return tell === 'duplicate' || tell === 'closed' ? [look] : [look, act('unfollow')]
  switch (tell) {
    case 'needs_info':
      return [act('add'), look]
    case 'answered':
      return [act('rate'), act('reopen'), look]
    default:
      return [look]
  }
}
