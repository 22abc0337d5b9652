import type { Translate } from '../../../../locales/index.ts'
import { asKey } from '../../../../locales/index.ts'
import { type Choice, type Message, text } from '../../../chat/message.ts'
import type { AppointmentView } from '../appointment-schema.ts'

/** What the message is about: a new one, one that is near, one that its person or the desk gave back. */
export type AppointmentNews = 'booked' | 'own' | 'near' | 'given_back' | 'dropped'

const another = (t: Translate): Choice => ({
  id: 'appointment',
  label: t('appointments:choice.book'),
})

/** An appointment with its number, what to bring, and a file for the phone's calendar. */
export function appointmentMessage(
  t: Translate,
  view: AppointmentView,
  news: AppointmentNews,
): Message {
  const { procedure, queueNumber, code, whenText, officeName, address, calendarUrl } = view
  const lead = text(
    t(asKey(`appointments:told.${news}`), {
      at: whenText,
      office: officeName,
      number: queueNumber,
    }),
  )
  if (news === 'given_back' || news === 'dropped') return { parts: [lead], choices: [another(t)] }
  const papers = procedure?.papers.map((paper, i) => `${i + 1}. ${paper}`).join('\n')
  return {
    parts: [
      lead,
      {
        kind: 'fields',
        title: t('appointments:title'),
        rows: [
          { label: t('appointments:number'), value: String(queueNumber) },
          { label: t('appointments:when'), value: whenText },
          { label: t('appointments:where'), value: `${officeName}, ${address}` },
          { label: t('appointments:code'), value: code },
        ],
      },
      ...(papers === undefined || papers === ''
        ? []
        : [text(`${t('dossiers:procedure.papers')}\n${papers}`)]),
      { kind: 'link', label: t('appointments:calendar'), url: calendarUrl },
    ],
    choices: [{ id: 'appointment', label: t('appointments:choice.change') }],
  }
}
