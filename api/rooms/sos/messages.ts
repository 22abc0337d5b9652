import { asKey, type Translate } from '../../../locales/index.ts'
import { type Message, say } from '../../chat/message.ts'
import { truncate } from '../../core/text.ts'
import { formatDateTime } from '../../core/time.ts'
import { HOTLINES, placeLabel } from '../areas/index.ts'
import type { NoteRow, SosRow } from './store.ts'

type Line = { code: string; phone: string; nameVi: string; nameEn: string }
type OwnLine = Line & { unitCode: string | null; confirmed: boolean }
/** Numbers that sentences name. */
export type Numbers = Record<'rescue' | 'fire' | 'ambulance', string>

const SHIPPED: readonly Line[] = HOTLINES

/** The installation's own numbers; one that it does not list is the country's. */
export function numbersOf(lines: readonly Line[]): Numbers {
  const phone = (code: string) => [...lines, ...SHIPPED].find((l) => l.code === code)?.phone ?? ''
  return {
    rescue: phone('rescue-112'),
    fire: phone('fire-114'),
    ambulance: phone('ambulance-115'),
  }
}

/** The unit's own lines that somebody has confirmed: nobody in danger is sent to a number that may be dead. */
export const ownLines = (lines: readonly OwnLine[]): OwnLine[] =>
  lines.filter(({ unitCode, confirmed }) => unitCode !== null && confirmed)

/** Whom to dial, before anything else is said. */
export function callFirst(t: Translate, language: 'vi' | 'en', lines: readonly OwnLine[]): Message {
  const own = ownLines(lines).map(({ nameVi, nameEn, phone }) =>
    t('sos:call.line', { name: language === 'en' ? nameEn : nameVi, phone }),
  )
  return say([t('sos:call.now', numbersOf(lines)), ...own].join('\n'))
}

/** How many were told; of nobody, that is said, with the numbers again. */
export const toldMessage = (
  t: Translate,
  told: number,
  unitCode: string,
  numbers: Numbers,
): Message =>
  say(
    told > 0
      ? t('sos:told', { count: told, unit: placeLabel(unitCode) })
      : t('sos:told.nobody', numbers),
  )

/** Who watches, as residents are told it: the office, never the person. */
export const dutyName = (t: Translate, unitCode: string | null): string =>
  unitCode === null ? t('sos:duty.city') : t('sos:duty.unit', { unit: placeLabel(unitCode) })

export function stepMessage(
  t: Translate,
  step: 'claimed' | 'released' | 'reached' | 'safe' | 'closed' | 'told' | 'waiting',
  params: { who: string; at: Date } & Numbers,
): Message {
  const { at, ...rest } = params
  return say(t(asKey(`sos:step.${step}`), { ...rest, at: formatDateTime(at) }))
}

const NOTE_LENGTH = 200
const NOTES_SHOWN = 4

/** The lines by which somebody finds and helps: no sender, only what they said. */
export function caseLines(t: Translate, row: SosRow, notes: readonly NoteRow[]): string[] {
  const { placeLabel: label, placeWords, lng, lat, people, vulnerable, depthCm, phone } = row
  const place = [label, placeWords].filter((part) => part !== null).join(' – ')
  const kinds = vulnerable.map((kind) => t(asKey(`sos:kind.${kind}`))).join(', ')
  const lines = [
    t('sos:line.place', { place: place === '' ? t('sos:line.unknown') : place }),
    ...(lng === null || lat === null
      ? []
      : [t('sos:line.point', { lat: lat.toFixed(5), lng: lng.toFixed(5) })]),
    t('sos:line.people', { people: people === null ? t('sos:line.unknown') : String(people) }),
    ...(kinds === '' ? [] : [t('sos:line.kinds', { kinds })]),
    ...(depthCm === null ? [] : [t('sos:line.depth', { cm: depthCm })]),
    ...(phone === null ? [] : [t('sos:line.phone', { phone })]),
    ...notes
      .slice(-NOTES_SHOWN)
      .map(({ text, mediaId }) =>
        mediaId === null
          ? t('sos:line.words', { words: truncate(text, NOTE_LENGTH) })
          : t('sos:line.photo'),
      ),
  ]
  return lines
}

type Alert = { kind: 'round' | 'addition'; round: number }

/** What an official on duty gets, with the buttons that take it. */
export function alertMessage(
  t: Translate,
  row: SosRow,
  notes: readonly NoteRow[],
  { kind, round }: Alert,
): Message {
  const at = formatDateTime(new Date(row.createdAt))
  const head =
    kind === 'addition'
      ? t('sos:alert.addition', { at })
      : round === 1
        ? t('sos:alert.first', { at })
        : t('sos:alert.again', { at, round })
  const text = [head, ...caseLines(t, row, notes)].join('\n')
  return say(text, officialChoices(t, row))
}

/** The buttons for what can come next. */
export function officialChoices(t: Translate, { id, state }: Pick<SosRow, 'id' | 'state'>) {
  const moves =
    state === 'open'
      ? (['claim'] as const)
      : state === 'claimed'
        ? (['reach', 'safe', 'release'] as const)
        : state === 'reached'
          ? (['safe'] as const)
          : []
  return moves.map((move) => ({ id: `sos_${move}.${id}`, label: t(asKey(`sos:do.${move}`)) }))
}
