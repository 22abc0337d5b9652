import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useWork } from '../access/use-work.ts'
import type { Open } from './use-desk.ts'

/** What a part of the form sees: the draft, and how to change some of it. */
export type Part<Draft> = { draft: Draft; set: (changed: Partial<Draft>) => void }

type Calls<Draft> = {
  createDraft: (draft: Draft) => Promise<unknown>
  saveDraft: (id: string, version: number, draft: Draft) => Promise<unknown>
}

type Props<Draft> = Open<Draft> & {
  title: string
  calls: Calls<Draft>
  onSaved: () => void
  onClose: () => void
  children: (part: Part<Draft>) => ComponentChildren
}

/** A sheet with a draft: new, or the change of one. It closes when the server has it; until then nothing is lost. */
export function DraftSheet<Draft>(props: Props<Draft>) {
  const { title, first, of, calls, onSaved, onClose, children } = props
  const [draft, setDraft] = useState(first)
  const { isBusy, problem, run } = useWork()
  const set = (changed: Partial<Draft>) => setDraft((now) => ({ ...now, ...changed }))
  const save = async () => {
    const work = () => (of ? calls.saveDraft(of.id, of.version, draft) : calls.createDraft(draft))
    if (!(await run(work))) return
    onSaved()
    onClose()
  }
  return (
    <Sheet title={title} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {children({ draft, set })}
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:alerts.save')}
        </Button>
      </form>
    </Sheet>
  )
}
