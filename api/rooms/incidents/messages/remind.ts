import { asKey } from '../../../../locales/index.ts'
import { type Message, text } from '../../../chat/message.ts'
import { formatDate, type LocalDate } from '../../../core/time.ts'
import type { T } from './intake.ts'

/** Kinds of which officials are told in their own chats, the most pressing first; the rest waits in the console. */
export const REMIND_KINDS = ['urgent', 'late', 'due_soon', 'reopened'] as const
export type RemindKind = (typeof REMIND_KINDS)[number]

export type Reminder = {
  kind: RemindKind
  incidentId: string
  publicCode: string
  category: string
  unit: string
  dueDate: LocalDate | null
}

/** More lines are no longer read. */
const MAX_LINES = 8

/** One message about all that waits: what and where, nothing that was written and nobody's name. */
export function remindMessage(t: T, reminders: readonly Reminder[], publicUrl: string): Message {
  const sorted = REMIND_KINDS.flatMap((kind) => reminders.filter((one) => one.kind === kind))
  const shown = sorted.slice(0, MAX_LINES)
  const lines = REMIND_KINDS.flatMap((kind) => {
    const ofKind = shown.filter((one) => one.kind === kind)
    return ofKind.length === 0
      ? []
      : [`${t(asKey(`incidents:remind.${kind}`))}:`, ...ofKind.map((one) => `– ${line(t, one)}`)]
  })
  const rest = sorted.length - shown.length
  const more = rest === 0 ? [] : [t('incidents:remind.more', { rest })]
  const [only, ...others] = reminders
  const isOne = only !== undefined && others.every((one) => one.incidentId === only.incidentId)
  return {
    parts: [
      text(
        [t('incidents:remind.title', { total: reminders.length }), ...lines, ...more].join('\n'),
      ),
      {
        kind: 'link',
        label: t(isOne ? 'incidents:remind.open_case' : 'incidents:remind.open_list'),
        url: `${publicUrl}/console${isOne ? `#/case/${only.incidentId}` : ''}`,
      },
    ],
  }
}

function line(t: T, { publicCode, category, unit, dueDate }: Reminder): string {
  const matter = t(asKey(`incidents:category.${category}`))
  const due = dueDate === null ? '' : formatDate(dueDate)
  return t(due === '' ? 'incidents:remind.line' : 'incidents:remind.line_due', {
    ...{ code: publicCode, matter, unit, due },
  })
}
