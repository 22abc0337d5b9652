import { asKey, type LocaleKey } from '../../../../locales/index.ts'
import { type Message, type Part, text } from '../../../chat/message.ts'
import { formatDate, formatDateTime } from '../../../core/time.ts'
import type { PublicIncident, ReasonCode, State } from '../schema.ts'
import type { T } from './intake.ts'
import type { Phones } from './phones.ts'

/** A state in words, with what makes it plain: to whom it went, why not, merged with what. */
export function stateText(
  t: T,
  step: { state: State; agency?: { name: string } | undefined },
  more: { reasonCode?: ReasonCode | undefined; duplicateOf?: string | undefined } = {},
): string {
  if (step.state === 'assigned' && step.agency !== undefined)
    return t('incidents:step.assigned', { agency: step.agency.name })
  if (step.state === 'refused' && more.reasonCode !== undefined) {
    const reason = t(asKey(`incidents:reason.${more.reasonCode}`))
    return t('incidents:step.refused', { reason })
  }
  if (step.state === 'duplicate' && more.duplicateOf !== undefined)
    return t('incidents:step.duplicate', { code: more.duplicateOf })
  return t(asKey(`incidents:state.${step.state}`))
}

/** What it is about: the category, and the finer kind when one is known. */
export function matterText(t: T, c: { category: string; kind?: string | undefined }): string {
  const category = t(asKey(`incidents:category.${c.category}`))
  return c.kind === undefined ? category : `${category}: ${t(asKey(`incidents:kind.${c.kind}`))}`
}

/** Public facts of a case and its steps, for whoever has the code. */
export function trackMessages(
  t: T,
  c: PublicIncident,
  photoUrl: (id: string) => string,
): Message[] {
  const row = (label: LocaleKey, value: string | undefined) =>
    value === undefined ? [] : [{ label: t(label), value }]
  const due = c.dueDate === undefined ? undefined : formatDate(c.dueDate)
  const lateDue = due !== undefined && c.isLate ? t('incidents:track.due.late', { due }) : due
  const facts: Part = {
    kind: 'fields',
    title: t('incidents:track.title', { code: c.publicCode }),
    rows: [
      ...row('incidents:track.state', stateText(t, c, c)),
      ...row('incidents:track.category', matterText(t, c)),
      ...row('incidents:track.unit', [c.hamletName, c.unitName].filter(Boolean).join(', ')),
      ...row('incidents:track.agency', c.agency?.name),
      ...row('incidents:track.due', lateDue),
    ],
  }
  const steps: Part = {
    kind: 'fields',
    title: t('incidents:track.timeline'),
    rows: c.timeline.map((step) => ({
      label: formatDateTime(new Date(step.at)),
      value: stateText(t, step, c),
    })),
  }
  const answer: Part[] =
    c.answer === undefined
      ? []
      : [
          text(`${t('incidents:track.answer')}: ${c.answer.text}`),
          ...(c.answer.noProofReason === undefined
            ? []
            : [text(t('incidents:tell.answered.no_photo', { reason: c.answer.noProofReason }))]),
          ...c.answer.mediaIds.map(
            (mediaId): Part => ({
              kind: 'image',
              mediaId,
              url: photoUrl(mediaId),
              alt: t('incidents:photo.alt'),
            }),
          ),
        ]
  return [
    {
      parts: [facts, steps, ...answer],
      choices: [{ id: 'track_report', label: t('incidents:track.another') }],
    },
  ]
}

/** The code leads to nothing; the same words for a code that never was and one that is mistyped. */
export const unknownCodeMessages = (t: T, code: string, phones: Phones): Message[] => [
  {
    parts: [text(t('incidents:track.unknown', { code, ...phones }))],
    choices: [{ id: 'track_report', label: t('incidents:track.another') }],
  },
]
