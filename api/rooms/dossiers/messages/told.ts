import type { Translate } from '../../../../locales/index.ts'
import { type Choice, type Message, type Part, text } from '../../../chat/message.ts'
import { formatDate, localDate } from '../../../core/time.ts'
import type { DossierView } from '../schema.ts'

const vnd = (amount: number): string => `${amount.toLocaleString('vi-VN')} đ`

/** What the second factor opens, in lines. */
function detailParts(t: Translate, { details }: DossierView): Part[] {
  if (details === undefined) return []
  const { missingPapers, fee, lateReason, resultPlace, applicantMasked } = details
  return [
    ...(missingPapers.length === 0
      ? []
      : [
          text(
            [
              t('dossiers:told.missing'),
              ...missingPapers.map((paper, i) => `${i + 1}. ${paper}`),
            ].join('\n'),
          ),
        ]),
    ...(applicantMasked === ''
      ? []
      : [text(t('dossiers:told.applicant', { name: applicantMasked }))]),
    ...(fee === undefined
      ? []
      : [
          text(
            t(fee.isPaid === true ? 'dossiers:told.fee.paid' : 'dossiers:told.fee', {
              amount: vnd(fee.amountVnd),
            }),
          ),
        ]),
    ...(lateReason === undefined
      ? []
      : [text(t('dossiers:told.late_reason', { reason: lateReason }))]),
    ...(resultPlace === undefined ? [] : [text(t('dossiers:told.place', { place: resultPlace }))]),
  ]
}

/** A dossier in words: state and whose turn it is first, how old the data is last. */
export function dossierParts(t: Translate, view: DossierView): Part[] {
  const row = (label: string, value: string | undefined) =>
    value === undefined ? [] : [{ label, value }]
  const day = (at: string | undefined) =>
    at === undefined ? undefined : formatDate(localDate(new Date(at)))
  return [
    {
      kind: 'fields',
      title: t('dossiers:told.title', { code: view.code }),
      rows: [
        ...row(t('dossiers:told.procedure'), view.procedureName),
        ...row(t('dossiers:told.state'), view.stateName),
        ...row(t('dossiers:told.agency'), view.agencyName),
        ...row(t('dossiers:told.received'), day(view.receivedAt)),
        ...row(t('dossiers:told.due'), day(view.dueAt)),
        ...row(t('dossiers:told.new_due'), day(view.newDueAt)),
      ],
    },
    text([view.plain, view.waitsText, view.timeText].filter(Boolean).join('\n')),
    ...(view.apology === undefined ? [] : [text(view.apology)]),
    ...detailParts(t, view),
    text(view.updatedText),
    { kind: 'link', label: t('dossiers:told.portal'), url: view.portalUrl },
  ]
}

const check = (t: Translate, code: string): Choice => ({
  id: `check_dossier.${code}`,
  label: t('dossiers:choice.check'),
})
const unfollow = (t: Translate, code: string): Choice => ({
  id: `unfollow_dossier.${code}`,
  label: t('dossiers:choice.unfollow'),
})

/** The appointed day as a file for the phone's calendar; not where the dossier is only looked up. */
const calendarParts = (t: Translate, { calendarUrl }: DossierView): Part[] =>
  calendarUrl === undefined
    ? []
    : [{ kind: 'link', label: t('appointments:calendar'), url: calendarUrl }]

/** A change, told to a follower. */
export const stepMessage = (t: Translate, view: DossierView): Message => ({
  parts: [text(t('dossiers:told.changed')), ...dossierParts(t, view), ...calendarParts(t, view)],
  choices: [check(t, view.code), unfollow(t, view.code)],
})

/** The appointed day is near. */
export const reminderMessage = (t: Translate, view: DossierView, due: string): Message => ({
  parts: [
    text(
      t('dossiers:told.reminder', {
        date: formatDate(localDate(new Date(due))),
        procedure: view.procedureName,
        agency: view.agencyName,
      }),
    ),
    text(`${view.stateName}. ${view.plain}`),
    text(view.updatedText),
    ...calendarParts(t, view),
  ],
  choices: [check(t, view.code), unfollow(t, view.code)],
})

/** An answer in the chat, with what can be done next. */
export function answerMessage(
  t: Translate,
  view: DossierView,
  more: { isFollowed: boolean },
): Message {
  const { code, details } = view
  return {
    parts: dossierParts(t, view),
    choices: [
      ...(details === undefined
        ? [{ id: `dossier_details.${code}`, label: t('dossiers:choice.details') }]
        : []),
      more.isFollowed
        ? unfollow(t, code)
        : { id: `follow_dossier.${code}`, label: t('dossiers:choice.follow') },
      { id: 'check_dossier', label: t('dossiers:choice.another') },
    ],
  }
}
