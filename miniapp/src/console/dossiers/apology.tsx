import { useState } from 'preact/hooks'
import type { DeskItem } from '../../../../api/rooms/dossiers/index.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { DayField } from '../people/span-fields.tsx'
import { draftApology } from './calls.ts'

const MAX_REASON = 500

/** The words of an apology, to be completed and signed in the office's own system; nothing is sent or kept. */
export function ApologySheet({ item, onClose }: { item: DeskItem; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [newDue, setNewDue] = useState('')
  const [text, setText] = useState<string>()
  const { isBusy, problem, run } = useWork()
  const draft = async () => {
    const made = await run(() => draftApology({ id: item.id, reason, newDue }))
    if (made) setText(made.text)
  }
  return (
    <Sheet title={t('desk:dossiers.apology')} closeLabel={t('console:close')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void draft()
        }}
      >
        <p class="muted">
          {item.code} · {item.procedureName}
        </p>
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <TextField
          label={t('desk:dossiers.apology.reason')}
          value={reason}
          onInput={setReason}
          maxLength={MAX_REASON}
          isRequired
        />
        <DayField label={t('desk:dossiers.apology.day')} value={newDue} onInput={setNewDue} />
        <Button type="submit" isWide isBusy={isBusy}>
          {t('desk:dossiers.apology.draft')}
        </Button>
        {text !== undefined && (
          <p class="own-words" role="status">
            {text}
          </p>
        )}
      </form>
    </Sheet>
  )
}
