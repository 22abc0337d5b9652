import { asKey, type LocaleKey, type Params } from '../../../../locales/index.ts'
import { type Message, type Part, say, text } from '../../../chat/message.ts'
import { formatDate, type LocalDate } from '../../../core/time.ts'
import type { ReportData } from '../flow/data.ts'
import { type Phones, SHIPPED_PHONES } from './phones.ts'

/** A translator of the flow engine (any key) or of the house (known keys): both fit. */
export type T = (key: LocaleKey, params?: Params) => string

/** Whom to call when somebody is in danger; stands before anything else. */
export const warning = (t: T, phones = SHIPPED_PHONES): Message =>
  say(t('incidents:danger', phones))

/** How deep and who is there, as it was read: only what was said. */
function foundRows(
  t: T,
  { category, found, isUrgent }: ReportData,
): { label: string; value: string }[] {
  const { depthCm, people, vulnerable } = found
  const who = vulnerable.map((kind) => t(asKey(`incidents:vulnerable.${kind}`))).join(', ')
  const count = people === null ? '' : t('incidents:review.people.count', { count: people })
  const there = [count, who].filter((part) => part !== '').join(', ')
  return [
    ...(depthCm === null || category !== 'flood'
      ? []
      : [
          {
            label: t('incidents:review.depth'),
            value: t('incidents:review.depth.about', { cm: depthCm }),
          },
        ]),
    ...(there === '' || (category !== 'flood' && !isUrgent)
      ? []
      : [{ label: t('incidents:review.people'), value: there }]),
  ]
}

/** What a person sees before they send. */
export function reviewMessage(t: T, data: ReportData): Message {
  const none = t('incidents:review.none')
  const { place } = data
  const where = [place?.label ?? none, place?.words].filter((part) => part !== undefined)
  return {
    parts: [
      {
        kind: 'fields',
        title: t('incidents:review.title'),
        rows: [
          {
            label: t('incidents:review.category'),
            value: data.category === null ? none : t(asKey(`incidents:category.${data.category}`)),
          },
          { label: t('incidents:review.place'), value: where.join(': ') },
          { label: t('incidents:review.description'), value: data.description ?? none },
          ...foundRows(t, data),
          {
            label: t('incidents:review.photos'),
            value: data.mediaIds.length === 0 ? none : String(data.mediaIds.length),
          },
          {
            label: t('incidents:review.urgency'),
            value: t(data.isUrgent ? 'incidents:urgency.urgent' : 'incidents:urgency.normal'),
          },
          {
            label: t('incidents:review.identity'),
            value: t(
              data.hidesIdentity
                ? 'incidents:review.identity.hidden'
                : 'incidents:review.identity.shown',
            ),
          },
        ],
      },
      text(t('incidents:review.ask')),
    ],
  }
}

/** To somebody who does not agree: how to report without us. */
export const declinedMessages = (t: T, phones: Phones): Message[] => [
  say(t('incidents:declined', phones)),
]

/** Who looks next and by when, as one sentence. */
export function nextStepText(
  t: T,
  next: { unit: string; agency: string | undefined; dueDate: LocalDate; isUrgent: boolean },
): string {
  const { unit, agency, isUrgent } = next
  const due = formatDate(next.dueDate)
  if (agency === undefined) {
    const key = isUrgent ? 'incidents:next.dispatcher.urgent' : 'incidents:next.dispatcher'
    return t(key, { unit, due })
  }
  return t(isUrgent ? 'incidents:next.routed.urgent' : 'incidents:next.routed', {
    unit,
    agency,
    due,
  })
}

/** The answer to a report: the code, who looks next, by when, whom to call. */
export function createdMessages(
  t: T,
  created: { publicCode: string; nextStep: string; isUrgent: boolean },
  phones: Phones,
): Message[] {
  const fields: Part = {
    kind: 'fields',
    title: t('incidents:created.title'),
    rows: [
      { label: t('incidents:created.code'), value: created.publicCode },
      { label: t('incidents:created.next'), value: created.nextStep },
      {
        label: t('incidents:created.call'),
        value: t('incidents:created.call.value', phones),
      },
    ],
  }
  const message: Message = {
    parts: [fields, text(t('incidents:created.keep'))],
    choices: [{ id: `track_report.${created.publicCode}`, label: t('incidents:created.track') }],
  }
  return created.isUrgent ? [warning(t, phones), message] : [message]
}
