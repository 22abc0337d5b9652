import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import type { Row } from '../types.ts'
import { type Held, type HeldKind, holdOf, type Outcome, sizeOf } from './held.ts'

const KINDS: readonly HeldKind[] = ['accept_and_assign', 'assign', 'accept', 'start', 'seen']

/** Selected rows of what is shown; a row that leaves the list leaves the selection. */
export function useSelection(rows: readonly Row[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const selected = rows.filter((row) => ids.has(row.id))
  const toggle = (id: string) =>
    setIds((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return {
    selected,
    toggle,
    clear: () => setIds(new Set()),
    isSelected: (id: string) => ids.has(id),
  }
}

type BarProps = { selected: readonly Row[]; onAct: (held: Held) => void; onClear: () => void }

/** What can be done with the selected rows together; each button says for how many. */
export function SelectionBar({ selected, onAct, onClear }: BarProps) {
  if (selected.length === 0) return null
  const possible = KINDS.map((kind) => holdOf(kind, selected)).filter((held) => sizeOf(held) > 0)
  return (
    <section class="desk-bulk" aria-label={t('console:bulk.title')}>
      <p class="desk-strong">{t('console:bulk.selected', { count: selected.length })}</p>
      {possible.map((held) => (
        <Button key={held.kind} look="secondary" onClick={() => onAct(held)}>
          {t(`console:bulk.${held.kind}`, { count: sizeOf(held) })}
        </Button>
      ))}
      <Button look="quiet" onClick={onClear}>
        {t('console:bulk.clear')}
      </Button>
    </section>
  )
}

type HeldProps = { held: Held | undefined; outcome: Outcome | undefined; onUndo: () => void }

/** What was just pressed, with its way back; afterwards only what did not go. */
export function HeldBar({ held, outcome, onUndo }: HeldProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (held !== undefined && document.activeElement === document.body)
      ref.current?.querySelector('button')?.focus()
  }, [held])
  return (
    <div role="status" ref={ref}>
      {held && (
        <div class="desk-held">
          <p>{t(`console:held.${held.kind}`, { count: sizeOf(held) })}</p>
          <Button look="secondary" onClick={onUndo}>
            {t('console:held.undo')}
          </Button>
        </div>
      )}
      {held === undefined && outcome !== undefined && outcome.failed > 0 && (
        <Notice kind="warn">
          <p>{t('console:held.failed', { count: outcome.failed })}</p>
        </Notice>
      )}
    </div>
  )
}
