import type { Row, WorkItem } from '../types.ts'

export type QuickMove = WorkItem['quick'][number]
export type HeldKind = QuickMove | 'seen'

export type Step = {
  id: string
  version: number
  move:
    | { kind: 'accept' }
    | { kind: 'start' }
    | { kind: 'accept_and_assign' | 'assign'; agencyCode: string }
}

/** What was pressed but not sent yet. */
export type Held = {
  kind: HeldKind
  /** Rows that are out of sight meanwhile. */
  ids: readonly string[]
  steps: readonly Step[]
  /** Notices to be taken off. */
  noticeIds: readonly string[]
}

type CaseRow = Extract<Row, { publicCode: string }>

/** Calls and chats have no steps that could be taken together. */
export const isCase = (row: Row): row is CaseRow => row.source === 'case' || row.source === 'notice'

/** The same step for these rows, as far as each allows it; a forwarding goes where the row's route says. */
export function holdOf(kind: HeldKind, rows: readonly Row[]): Held {
  const cases = rows.filter(isCase)
  if (kind === 'seen') {
    const noticed = cases.filter((row) => row.notices.length > 0)
    return {
      kind,
      ids: noticed.filter((row) => row.source === 'notice').map((row) => row.id),
      steps: [],
      noticeIds: noticed.flatMap((row) => row.notices.map((notice) => notice.id)),
    }
  }
  const steps = cases.flatMap((row): Step[] => {
    const { id, version, suggestedAgency } = row
    if (!row.quick.includes(kind)) return []
    if (kind === 'accept' || kind === 'start') return [{ id, version, move: { kind } }]
    const agencyCode = suggestedAgency?.code
    return agencyCode === undefined ? [] : [{ id, version, move: { kind, agencyCode } }]
  })
  return { kind, ids: steps.map((step) => step.id), steps, noticeIds: [] }
}

export const sizeOf = (held: Held): number => held.steps.length || held.noticeIds.length

/** Long enough to see what was pressed, short enough that nobody waits for it. */
export const UNDO_MS = 8_000

export type Outcome = { held: Held; failed: number }

/**
 * Holds one batch for a while before it is sent. Undoing sends nothing, because a resident who was told cannot be
 * untold. The next batch, and a page that closes, send what is held at once.
 */
export function createHolder(
  send: (held: Held) => Promise<Outcome>,
  onChange: (held: Held | undefined) => void,
  onSent: (outcome: Outcome) => void,
) {
  let held: Held | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const drop = (): Held | undefined => {
    clearTimeout(timer)
    const before = held
    held = undefined
    if (before !== undefined) onChange(undefined)
    return before
  }
  const flush = async () => {
    const due = drop()
    if (due === undefined) return
    onSent(await send(due).catch(() => ({ held: due, failed: sizeOf(due) })))
  }
  return {
    hold: (next: Held) => {
      void flush()
      if (sizeOf(next) === 0) return
      held = next
      onChange(next)
      timer = setTimeout(() => void flush(), UNDO_MS)
    },
    undo: () => void drop(),
    flush,
  }
}
