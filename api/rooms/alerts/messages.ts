import { asKey, type Language, type Translate } from '../../../locales/index.ts'
import { type Message, type Part, text } from '../../chat/message.ts'
import { formatDateTime } from '../../core/time.ts'
import type { ForeignAlert } from './foreign/schema.ts'
import type { ReminderStep } from './policy/reminders.ts'
import type { AlertKind, MessageType, Standing } from './schema.ts'
import type { AlertRow } from './store.ts'

/** What is said in one language; a text that has no English yet stands in Vietnamese. */
export type Said = { headline: string; body: string; instruction: string }

export const saidIn = (row: AlertRow, language: Language): Said =>
  language === 'vi'
    ? { headline: row.headlineVi, body: row.bodyVi, instruction: row.instructionVi }
    : {
        headline: row.headlineEn ?? row.headlineVi,
        body: row.bodyEn ?? row.bodyVi,
        instruction: row.instructionEn ?? row.instructionVi,
      }

export const kindLabel = (t: Translate, kind: string): string => t(asKey(`alerts:kind.${kind}`))
export const levelLabel = (t: Translate, { kind, level }: Pick<AlertRow, 'kind' | 'level'>) =>
  kind === 'flood' && level < 4
    ? t('alerts:level.alarm', { level })
    : t(asKey(`alerts:level.${level}`))

/** "Cảnh báo", "Cập nhật", "Hết cảnh báo", "Hủy tin đã phát"; a measured level is never called a warning. */
export const titleOf = (t: Translate, row: Pick<AlertRow, 'messageType' | 'stationCode'>) =>
  row.stationCode === null
    ? t(asKey(`alerts:title.${row.messageType}`))
    : t('alerts:title.measured')

/** Whose word it is: office, signer, number; a measured level names its source alone. */
export function originText(t: Translate, { issuer, signer, documentNo, stationCode }: AlertRow) {
  if (issuer === null) return undefined
  if (stationCode !== null) return t('alerts:origin.measured', { issuer })
  const parts = [
    t('alerts:origin.issuer', { issuer }),
    ...(signer === null ? [] : [t('alerts:origin.signer', { signer })]),
    ...(documentNo === null ? [] : [t('alerts:origin.document', { documentNo })]),
  ]
  return parts.join(' ')
}

type About = { row: AlertRow; language: Language; place: string }

const timeText = (t: Translate, row: AlertRow): string | undefined =>
  row.messageType === 'alert' || row.messageType === 'update'
    ? t('alerts:until', { time: formatDateTime(new Date(row.expiresAt)) })
    : undefined

const filled = (lines: readonly (string | undefined)[]): string[] =>
  lines.filter((line) => line !== undefined && line !== '') as string[]

/** The message to residents: what, where, what to do, until when, whose word it is, and where to read on. */
export function alertMessage(t: Translate, about: About, url: string): Message {
  const { row, language, place } = about
  const said = saidIn(row, language)
  const parts: Part[] = [
    text(`${titleOf(t, row)}: ${said.headline}`),
    ...filled([
      [t('alerts:where', { place }), said.body].filter((line) => line !== '').join('\n'),
      said.instruction,
      filled([timeText(t, row), originText(t, row)]).join(' '),
    ]).map(text),
    { kind: 'link', label: t('alerts:open'), url },
  ]
  return { parts }
}

/** Another sender's warning in its own words, with whose it is. */
export function foreignMessage(t: Translate, foreign: ForeignAlert): Message {
  const { senderName: sender, headline, place, body, instruction, sentAt, expiresAt } = foreign
  const lines = [
    t('alerts:foreign.title', { sender, headline }),
    [place, body].filter((line) => line !== '').join('\n'),
    instruction,
    [
      t('alerts:until', { time: formatDateTime(new Date(expiresAt)) }),
      t('alerts:foreign.origin', { sender, time: formatDateTime(new Date(sentAt)) }),
    ].join(' '),
  ]
  return {
    parts: [
      ...filled(lines).map(text),
      { kind: 'link', label: t('alerts:foreign.open'), url: foreign.sourceUrl },
    ],
  }
}

/** Vietnamese is read aloud at about 150 words a minute. */
const READ_OUT_WORDS = 150

/** For the loudspeaker: the same facts in whole sentences, cut at a sentence so that it fits a minute. */
export function readOut(t: Translate, { row, language, place }: About): string {
  const said = saidIn(row, language)
  return fitAMinute([
    t('alerts:read.attention', { place }),
    `${titleOf(t, row)}. ${sentence(said.headline)}`,
    said.instruction,
    said.body,
    timeText(t, row),
    originText(t, row),
  ])
}

/** As many whole sentences, in order, as are read aloud in a minute. */
export function fitAMinute(lines: readonly (string | undefined)[]): string {
  const kept: string[] = []
  let words = 0
  for (const part of filled(lines).flatMap(splitSentences)) {
    words += part.split(/\s+/).length
    if (words > READ_OUT_WORDS) break
    kept.push(part)
  }
  return kept.join(' ')
}

const sentence = (line: string): string => (/[.?]$/.test(line) ? line : `${line}.`)
const splitSentences = (line: string): string[] =>
  sentence(line.replace(/\s+/g, ' ').trim())
    .split(/(?<=[.?])\s+(?=\p{Lu})/u)
    .filter((part) => part !== '')

/** For a hamlet's chat group: short, with whose word it is and where the whole stands. */
export const shareText = (t: Translate, { row, language, place }: About, url: string): string =>
  filled([
    `${titleOf(t, row)}: ${saidIn(row, language).headline}`,
    t('alerts:where', { place }),
    saidIn(row, language).instruction,
    filled([timeText(t, row), originText(t, row)]).join(' '),
    url,
  ]).join('\n')

/** Where an issued message stands now. */
export function standingOf(
  row: Pick<AlertRow, 'messageType' | 'expiresAt'>,
  successor: MessageType | null,
  now: Date,
): Standing {
  if (row.messageType === 'all_clear' || row.messageType === 'cancel') return 'announcement'
  if (successor === 'cancel') return 'cancelled'
  if (successor === 'all_clear') return 'ended'
  if (successor === 'update') return 'replaced'
  return new Date(row.expiresAt) <= now ? 'expired' : 'in_force'
}

/** Ready words for a kind and level, to begin a draft with. */
export const readyInstruction = (t: Translate, kind: AlertKind, level: number): string =>
  t(asKey(`alerts:instruction.${kind}.${level}`))

/** To an official: which warning still holds, since when or until when, and where to update or end it. */
export function reminderMessage(
  t: Translate,
  { row, language, step }: { row: AlertRow; language: Language; step: ReminderStep },
  { publicUrl }: { publicUrl: string },
): Message {
  const params = {
    headline: saidIn(row, language).headline,
    kind: kindLabel(t, row.kind),
    level: levelLabel(t, row),
    issued: formatDateTime(new Date(row.issuedAt ?? row.updatedAt)),
    ends: formatDateTime(new Date(row.expiresAt)),
  }
  return {
    parts: [
      text(t(asKey(`alerts:remind.${step}`), params)),
      text(t('alerts:remind.what')),
      {
        kind: 'link',
        label: t('alerts:remind.open'),
        url: `${publicUrl}/console#/alerts/${row.id}`,
      },
    ],
  }
}
