import { t } from '../../shared/i18n.ts'
import { TextArea } from '../../ui/field.tsx'
import type { Lesson } from './calls.ts'

export type Words = Lesson['title']
export type Change<T> = (next: T) => void

export const replaced = <T,>(list: readonly T[], at: number, next: T): T[] =>
  list.map((one, i) => (i === at ? next : one))
export const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at)

type Props = { label: string; hint?: string; words: Words; onChange: Change<Words> }

/** The same in Vietnamese and English. */
export function WordsField({ label, hint, words, onChange }: Props) {
  const more = hint === undefined ? {} : { hint }
  return (
    <>
      <TextArea
        label={t('desk:lessons.in_vi', { field: label })}
        {...more}
        rows={2}
        value={words.vi}
        onInput={(vi) => onChange({ ...words, vi })}
      />
      <TextArea
        label={t('desk:lessons.in_en', { field: label })}
        rows={2}
        value={words.en}
        onInput={(en) => onChange({ ...words, en })}
      />
    </>
  )
}
