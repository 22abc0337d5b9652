import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import type { CaseView } from '../types.ts'
import { stateWords, wordsOr } from '../words.ts'

/** What an official decides by, in the order in which it is read. */
const FIELDS = {
  state: (c) => stateWords(c.state),
  agency: (c) => c.agency?.name,
  assignee: (c) => c.assignee?.name,
  due: (c) => (c.dueDate === undefined ? undefined : formatDate(c.dueDate)),
  question: (c) => c.question,
  answer: (c) => c.answerText,
  reason: (c) => c.reasonCode && wordsOr(`incidents:reason.${c.reasonCode}`, c.reasonCode),
  duplicate: (c) => c.duplicateOf,
  photos: (c) => String(c.media.length),
} as const satisfies Record<string, (c: CaseView) => string | undefined>
type FieldName = keyof typeof FIELDS

export type Difference = { name: FieldName; before: string; after: string }

/** Where two versions of a case differ, in words; what one of them has not is said so. */
export function differencesOf(before: CaseView, after: CaseView): Difference[] {
  const none = t('console:stale.none')
  return (Object.keys(FIELDS) as FieldName[]).flatMap((name) => {
    const [a, b] = [FIELDS[name](before), FIELDS[name](after)]
    return a === b ? [] : [{ name, before: a ?? none, after: b ?? none }]
  })
}
