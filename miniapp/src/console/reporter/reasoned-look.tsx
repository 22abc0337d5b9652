import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'

const REASONS = ['danger', 'call_back', 'court', 'authority', 'resident_asked'] as const

/** Something about a person that may be seen with a reason: the look is recorded. */
export function ReasonedLook({
  title,
  onLook,
}: {
  title: string
  onLook: (reason: string) => Promise<ComponentChildren>
}) {
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState<ComponentChildren>()
  const { isBusy, problem, run } = useWork()
  const field = useId()
  const look = () => run(async () => setSeen(await onLook(reason)))
  return (
    <details class="desk-section">
      <summary>{title}</summary>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {seen ?? (
        <div class="stack">
          <div class="field">
            <label class="field-label" for={field}>
              {t('console:reporter.reason')}
            </label>
            <select
              id={field}
              class="input"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            >
              <option value="" />
              {REASONS.map((code) => (
                <option key={code} value={code}>
                  {t(`console:reporter.reason.${code}`)}
                </option>
              ))}
            </select>
          </div>
          <p class="muted small">{t('console:reporter.hint')}</p>
          <Button
            look="secondary"
            isBusy={isBusy}
            isDisabled={reason === ''}
            onClick={() => void look()}
          >
            {t('console:reporter.show')}
          </Button>
        </div>
      )}
    </details>
  )
}
