import type { Settings } from '../../../../api/rooms/console/index.ts'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { categoryWords, wordsOr } from '../words.ts'
import { CATEGORIES } from '../work-list/choices.ts'
import type { Section } from './calls.ts'
import type { FieldSpec } from './row-sheet.tsx'

const AGENCY_KINDS = [
  'commune_office',
  'police',
  'health',
  'utility',
  'civil_defence',
  'department',
  'other',
] as const
/** Finer kinds; the server says which belong to which category. */
const KINDS = [
  'street',
  'house',
  'riverbank',
  'loose_dogs',
  'carcass',
  'disease',
  'land_sand',
  'crop_pest',
  'destructive_fishing',
] as const
const DAY_KINDS = ['holiday', 'compensation', 'swap_off', 'swap_work'] as const

const named = (names: readonly string[], group: 'agency' | 'day') =>
  names.map((name) => [name, wordsOr(`desk:settings.${group}.${name}`, name)] as const)

/** The name of an agency in the reader's language; one that is gone keeps its code. */
export function agencyWords({ agencies }: Settings, code: string): string {
  const agency = agencies.find((one) => one.code === code)
  if (agency === undefined) return code
  return currentLanguage() === 'en' ? agency.nameEn : agency.nameVi
}

/** What each section asks for, in the order of its sheet. */
export function fieldsOf(section: Section, settings: Settings): readonly FieldSpec[] {
  const label = (name: string) => wordsOr(`desk:settings.field.${name}`, name)
  const text = (name: string) => ({ name, label: label(name), kind: 'text' }) as const
  const date = (name: string) => ({ name, label: label(name), kind: 'date' }) as const
  const number = (name: string) => ({ name, label: label(name), kind: 'number' }) as const
  const select = (name: string, options: FieldSpec['options'] = []) =>
    ({ name, label: label(name), kind: 'select', options }) as const
  const key = { isKey: true } as const
  const optional = { isOptional: true } as const
  switch (section) {
    case 'routes':
      return [
        {
          ...select(
            'category',
            CATEGORIES.map((name) => [name, categoryWords(name)]),
          ),
          ...key,
        },
        {
          ...select(
            'kind',
            KINDS.map((name) => [name, wordsOr(`incidents:kind.${name}`, name)]),
          ),
          ...key,
          ...optional,
        },
        { ...text('unitCode'), ...key, ...optional },
        select(
          'agencyCode',
          settings.agencies.map(({ code }) => [code, agencyWords(settings, code)]),
        ),
        number('dueInWorkingDays'),
      ]
    case 'hamlets':
      return [
        { ...text('name'), ...key },
        { ...text('unitCode'), ...key },
        select('kind', [
          ['thon', label('kind_thon')],
          ['to_dan_pho', label('kind_to_dan_pho')],
        ]),
        { ...number('lat'), ...optional },
        { ...number('lng'), ...optional },
        { ...date('validFrom'), ...key },
        { ...date('validTo'), ...optional },
        text('source'),
      ]
    case 'templates':
      return [
        text('name'),
        {
          ...select(
            'category',
            CATEGORIES.map((name) => [name, categoryWords(name)]),
          ),
          ...optional,
        },
        {
          name: 'body',
          label: label('body'),
          kind: 'words',
          hint: t('desk:settings.body_hint'),
        },
      ]
    case 'agencies':
      return [
        { ...text('code'), ...key },
        text('nameVi'),
        text('nameEn'),
        select('kind', named(AGENCY_KINDS, 'agency')),
        { ...text('unitCode'), ...optional },
        date('validFrom'),
        { ...date('validTo'), ...optional },
        { ...text('successorCode'), ...optional },
      ]
    case 'calendar':
      return [
        { ...date('date'), ...key },
        select('kind', named(DAY_KINDS, 'day')),
        text('nameVi'),
        text('nameEn'),
        text('source'),
        { name: 'confirmed', label: t('desk:settings.field.confirmed'), kind: 'check' },
      ]
    case 'populations':
      return [{ ...text('unitCode'), ...key }, number('residents'), date('asOf'), text('source')]
  }
}
