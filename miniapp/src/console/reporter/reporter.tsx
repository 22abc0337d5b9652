import { useId, useState } from 'preact/hooks'
import type { ReporterView } from '../../../../api/rooms/console/index.ts'
import { postJson } from '../../shared/api.ts'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { guarded } from '../calls.ts'
import { wordsOr } from '../words.ts'

const REASONS = ['danger', 'call_back', 'court', 'authority', 'resident_asked'] as const

/** Who reported a case, for whoever may know it: a reason first, and the look is recorded. */
export function Reporter({ id }: { id: string }) {
  const [reason, setReason] = useState('')
  const [view, setView] = useState<ReporterView>()
  const { isBusy, problem, run } = useWork()
  const field = useId()
  const look = () =>
    run(async () =>
      setView(
        await guarded(
          postJson<ReporterView>(`/console/incidents/${encodeURIComponent(id)}/reporter`, {
            reason,
          }),
        ),
      ),
    )
  return (
    <details class="desk-section">
      <summary>{t('console:reporter.title')}</summary>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {view === undefined ? (
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
      ) : (
        <Known view={view} />
      )}
    </details>
  )
}

function Known({ view: { reporter } }: { view: ReporterView }) {
  if (reporter === null) return <p>{t('console:reporter.nobody')}</p>
  const channels = reporter.channels.map((name) => wordsOr(`console:channel.${name}`, name))
  return (
    <dl class="desk-facts">
      <dt>{t('console:reporter.name')}</dt>
      <dd>{reporter.name ?? t('console:reporter.no_name')}</dd>
      <dt>{t('console:reporter.channels')}</dt>
      <dd>{channels.join(', ')}</dd>
    </dl>
  )
}
