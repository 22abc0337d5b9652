import type { Translate } from '../../../../locales/index.ts'
import { type Choice, type Message, type Part, text } from '../../../chat/message.ts'
import { formatDate, formatDateTime, localDate } from '../../../core/time.ts'
import type { DossierView, FollowedView } from '../schema.ts'

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

const endDelegation = (t: Translate, code: string): Choice => ({
  id: `end_delegation.${code}`,
  label: t('dossiers:choice.end_delegation'),
})
const another = (t: Translate): Choice => ({
  id: 'check_dossier',
  label: t('dossiers:choice.another'),
})

/** A relative took up the code of an owner, who is told. */
export const takenMessage = (
  t: Translate,
  { code, procedureName }: { code: string; procedureName: string },
): Message => ({
  parts: [text(t('dossiers:delegation.taken', { code, procedure: procedureName }))],
  choices: [check(t, code), endDelegation(t, code)],
})

/** The code for a relative, shown this once, with how to take it. */
export const delegationMessage = (
  t: Translate,
  made: { code: string; delegation: string; expiresAt: string },
): Message => ({
  parts: [
    text(
      t('dossiers:delegation.made', {
        code: made.code,
        delegation: made.delegation,
        until: formatDateTime(new Date(made.expiresAt)),
      }),
    ),
  ],
  choices: [check(t, made.code), endDelegation(t, made.code)],
})

/** What was typed is no code of a dossier but one that a relative gave. */
export const offerMessage = (t: Translate, delegation: string): Message => ({
  parts: [text(t('dossiers:delegation.is_code'))],
  choices: [{ id: `take_dossier.${delegation}`, label: t('dossiers:choice.take') }, another(t)],
})

/** With whom a follower shares a dossier, in a line. */
function sharedParts(t: Translate, followed: FollowedView | undefined): Part[] {
  if (followed?.isDelegated) return [text(t('dossiers:delegation.given'))]
  const count = followed?.relatives.length ?? 0
  return count === 0 ? [] : [text(t('dossiers:delegation.shared', { count }))]
}

function sharedChoices(t: Translate, code: string, followed: FollowedView): Choice[] {
  if (followed.isDelegated) return []
  const { relatives, openCodeUntil } = followed
  return [
    { id: `delegate_dossier.${code}`, label: t('dossiers:choice.delegate') },
    ...(relatives.length > 0 || openCodeUntil !== null ? [endDelegation(t, code)] : []),
  ]
}

/** An answer in the chat, with what can be done next; `followed`: as whoever asks follows it. */
export function answerMessage(
  t: Translate,
  view: DossierView,
  followed: FollowedView | undefined,
): Message {
  const { code, details } = view
  return {
    parts: [...dossierParts(t, view), ...sharedParts(t, followed)],
    choices: [
      ...(details === undefined
        ? [{ id: `dossier_details.${code}`, label: t('dossiers:choice.details') }]
        : []),
      ...(followed === undefined
        ? [{ id: `follow_dossier.${code}`, label: t('dossiers:choice.follow') }]
        : [unfollow(t, code), ...sharedChoices(t, code, followed)]),
      another(t),
    ],
  }
}
