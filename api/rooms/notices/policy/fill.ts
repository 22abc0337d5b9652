import { formatDateTime } from '../../../core/time.ts'
import type { NoticeDraft } from '../schema.ts'

/** What may stand in the words of a notice, and what it stands for. */
export const PLACEHOLDERS = ['xa', 'tu', 'den', 'noi'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

const MARK = /\{([^{}]*)\}/g

/** Marks that mean nothing, or whose fact the notice does not have: a reader would see the braces. */
export function unfilled(text: string, draft: Pick<NoticeDraft, 'event'>): string[] {
  const names = [...text.matchAll(MARK)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => !isKnown(name) || !hasFact(name, draft)))]
}

const isKnown = (name: string): name is Placeholder =>
  (PLACEHOLDERS as readonly string[]).includes(name)
const hasFact = (name: Placeholder, { event }: Pick<NoticeDraft, 'event'>): boolean =>
  name === 'xa' || event !== null

/** The words with their facts; a mark without one stays, and `unfilled` names it before anything is sent. */
export function fill(
  text: string,
  facts: { place: string; event: { startAt: string; endAt: string; place: string } | null },
): string {
  const { place, event } = facts
  const values: Record<Placeholder, string | undefined> = {
    xa: place,
    tu: event === null ? undefined : formatDateTime(new Date(event.startAt)),
    den: event === null ? undefined : formatDateTime(new Date(event.endAt)),
    noi: event?.place,
  }
  return text.replace(MARK, (mark, name: string) => (isKnown(name) ? (values[name] ?? mark) : mark))
}
