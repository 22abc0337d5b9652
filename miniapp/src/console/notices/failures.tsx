import { useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { type OneNotice, readFailures, retryNotice } from './calls.ts'
import { channelName } from './progress.tsx'

/** What channels refused, in their own codes, and one press that sends it once more. */
export function FailuresOf({ notice: { id, standing } }: { notice: OneNotice }) {
  const [loaded, again] = useLoad(id, () => readFailures(id))
  const { problem, isBusy, run } = useWork()
  const [sent, setSent] = useState<number>()
  if (loaded.state === 'loading') return <Skeleton rows={1} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={again} />
  const { groups } = loaded.data
  const open = groups.filter(({ isMaybeThere }) => !isMaybeThere)
  const people = open.reduce((sum, { n }) => sum + n, 0)
  const canRetry = people > 0 && (standing === 'sending' || standing === 'sent')
  const retry = () =>
    run(async () => {
      setSent((await retryNotice(id)).recipients)
      again()
    })
  return (
    <div class="stack tight">
      {groups.length === 0 && <p>{t('desk:notice.failures_none')}</p>}
      <ul>
        {groups.map(({ channel, code, isMaybeThere, n }) => (
          <li key={`${channel} ${code} ${isMaybeThere}`}>
            {channelName(channel)}: {n} <code>{code}</code>
            {isMaybeThere && ` – ${t('desk:notice.maybe_there')}`}
          </li>
        ))}
      </ul>
      {canRetry && (
        <Button look="secondary" isBusy={isBusy} onClick={() => void retry()}>
          {t('desk:notice.retry', { n: people })}
        </Button>
      )}
      {sent !== undefined && <Notice kind="ok">{t('desk:notice.retried', { n: sent })}</Notice>}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  )
}
