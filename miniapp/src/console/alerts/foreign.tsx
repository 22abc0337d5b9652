import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { Begin } from '../begin.tsx'
import type { Official } from '../types.ts'
import { adoptForeign, type Foreign, readForeign } from './calls.ts'

const at = (instant: string): string => formatDateTime(new Date(instant))

type Props = { me: Official; onAdopted: () => void }

/** Warnings of other senders: what holds, one press to a draft of ours, and which feed is down. */
export function ForeignPart({ me, onAdopted }: Props) {
  const { unitCode } = me
  const [loaded, retry] = useLoad('foreign', readForeign)
  const { isBusy, problem, run } = useWork()
  const adopt = (id: string, unit: string) =>
    void run(() => adoptForeign(id, unit)).then((isDone) => {
      if (!isDone) return
      retry()
      onAdopted()
    })
  return (
    <section class="stack" aria-label={t('desk:foreign.title')}>
      <h2>{t('desk:foreign.title')}</h2>
      {loaded.state === 'loading' && <Skeleton rows={1} />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {loaded.state === 'ready' && (
        <>
          <Feeds feeds={loaded.data.feeds} />
          <ul class="alert-list">
            {loaded.data.alerts.map((alert) => (
              <li key={alert.id} class="card stack">
                <Said alert={alert} />
                {unitCode === null && alert.draftId === null && (
                  <Begin
                    me={me}
                    label={t('desk:foreign.adopt')}
                    onBegin={(unit) => adopt(alert.id, unit)}
                  />
                )}
                {unitCode !== null && alert.draftId === null && (
                  <div class="button-row">
                    <Button
                      look="secondary"
                      isBusy={isBusy}
                      onClick={() => adopt(alert.id, unitCode)}
                    >
                      {t('desk:foreign.adopt')}
                    </Button>
                  </div>
                )}
                {alert.draftId !== null && <p class="field-hint">{t('desk:foreign.adopted')}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Said({ alert }: { alert: Foreign['alerts'][number] }) {
  return (
    <>
      <p class="badges">
        <span class="badge">{alert.kindLabel}</span>
        {!alert.isPublic && <span class="badge">{t('desk:foreign.exercise')}</span>}
        {!alert.isOurs && <span class="badge">{t('desk:foreign.elsewhere')}</span>}
      </p>
      <h3>{alert.headline}</h3>
      {alert.body !== '' && <p class="alert-words">{alert.body}</p>}
      {alert.instruction !== '' && (
        <p>
          <strong>{alert.instruction}</strong>
        </p>
      )}
      <p class="muted small">
        {[alert.senderName, alert.place, at(alert.sentAt)].filter(Boolean).join(' · ')}
      </p>
      <p class="muted small">
        {t('desk:foreign.until', { time: at(alert.expiresAt) })}{' '}
        <a href={alert.sourceUrl} rel="noreferrer">
          {t('desk:foreign.source')}
        </a>
      </p>
    </>
  )
}

function Feeds({ feeds }: { feeds: Foreign['feeds'] }) {
  if (feeds.length === 0) return <p class="muted">{t('desk:foreign.no_feeds')}</p>
  return (
    <ul class="alert-list">
      {feeds.map(({ url, problem, okAt, checkedAt, unreadable }) => (
        <li key={url}>
          <strong>{new URL(url).host}</strong>{' '}
          {problem !== null &&
            t(okAt === null ? 'desk:foreign.never' : 'desk:foreign.down', {
              code: problem,
              ...(okAt === null ? {} : { time: at(okAt) }),
            })}
          {problem === null && checkedAt !== null && t('desk:foreign.ok', { time: at(checkedAt) })}
          {problem === null && checkedAt === null && t('desk:foreign.not_yet')}
          {unreadable > 0 && ` ${t('desk:foreign.unreadable', { count: unreadable })}`}
        </li>
      ))}
    </ul>
  )
}
