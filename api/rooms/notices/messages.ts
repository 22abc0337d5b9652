import { asKey, type Language, type Translate } from '../../../locales/index.ts'
import { type Message, type Part, text } from '../../chat/message.ts'
import { formatDateTime } from '../../core/time.ts'
import { fitAMinute } from '../alerts/index.ts'
import { fill } from './policy/fill.ts'
import type { NoticeRow } from './store.ts'

/** What is said in one language, marks filled; what has no English yet stands in Vietnamese. */
export type Said = { title: string; body: string; hasOwnLanguage: boolean }

type About = { row: NoticeRow; language: Language; place: string }

export const hasEnglish = ({ titleEn, bodyVi, bodyEn }: NoticeRow): boolean =>
  titleEn !== null && (bodyVi === '' || bodyEn !== null)

export function saidIn({ row, language, place }: About): Said {
  const facts = { place, event: row.event }
  const hasOwnLanguage = language === 'vi' || hasEnglish(row)
  const [title, body] =
    language === 'vi' || !hasOwnLanguage
      ? [row.titleVi, row.bodyVi]
      : [row.titleEn ?? row.titleVi, row.bodyEn ?? '']
  return { title: fill(title, facts), body: fill(body, facts), hasOwnLanguage }
}

export const kindLabel = (t: Translate, { kind, isEmergency }: NoticeRow): string =>
  isEmergency ? t('notices:kind.emergency') : t(asKey(`notices:kind.${kind}`))

/** Whose word it is: office, signer, number. */
export function originText(t: Translate, { issuer, signer, documentNo }: NoticeRow): string {
  const parts = [
    ...(issuer === null ? [] : [t('notices:origin.issuer', { issuer })]),
    ...(signer === null ? [] : [t('notices:origin.signer', { signer })]),
    ...(documentNo === null ? [] : [t('notices:origin.document', { documentNo })]),
  ]
  return parts.join(' ')
}

/** When and where, unless the words say it already by their marks. */
const eventText = (t: Translate, { event, bodyVi }: NoticeRow): string | undefined =>
  event === null || bodyVi.includes('{tu}')
    ? undefined
    : t('notices:event', {
        from: formatDateTime(new Date(event.startAt)),
        to: formatDateTime(new Date(event.endAt)),
        place: event.place,
      })

const filled = (lines: readonly (string | undefined)[]): string[] =>
  lines.filter((line) => line !== undefined && line !== '') as string[]

/** The message to residents: what, the words, when and where, whose word it is, and where to read on. */
export function noticeMessage(t: Translate, about: About, url: string): Message {
  const { row } = about
  const said = saidIn(about)
  const parts: Part[] = [
    text(`${kindLabel(t, row)}: ${said.title}`),
    ...filled([
      said.hasOwnLanguage ? undefined : t('notices:untranslated'),
      said.body,
      eventText(t, row),
      originText(t, row),
    ]).map(text),
    ...(row.linkUrl === null
      ? []
      : [{ kind: 'link' as const, label: row.linkLabel ?? t('notices:link'), url: row.linkUrl }]),
    { kind: 'link', label: t('notices:open'), url },
  ]
  return { parts }
}

/** For the loudspeaker: the same facts in whole sentences within a minute. */
export function readOut(t: Translate, about: About): string {
  const { row, place } = about
  const said = saidIn(about)
  return fitAMinute([
    t('notices:read.attention', { place }),
    `${kindLabel(t, row)}. ${said.title}`,
    said.body,
    eventText(t, row),
    originText(t, row),
  ])
}

/** For a hamlet's chat group: short, with whose word it is and where the whole stands. */
export function shareText(t: Translate, about: About, url: string): string {
  const said = saidIn(about)
  return filled([
    `${kindLabel(t, about.row)}: ${said.title}`,
    said.body,
    eventText(t, about.row),
    originText(t, about.row),
    url,
  ]).join('\n')
}
