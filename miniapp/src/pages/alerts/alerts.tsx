import './alerts.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import {
  type Alert,
  type AlertPage,
  getAlert,
  listAlertHistory,
  listAlerts,
} from '../../resident/alert-calls.ts'
import { Page } from '../../resident/page.tsx'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { timeText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { AlertBadges, AlertBody } from './alert-body.tsx'
import { ForeignAlerts } from './foreign.tsx'

function AlertCard({ alert }: { alert: Alert }) {
  return (
    <li class="card stack tight">
      <AlertBadges alert={alert} />
      <h3>
        <a href={`#/alerts/${alert.id}`}>{alert.headline}</a>
      </h3>
      <p class="muted small">
        {[alert.issuer, alert.place, timeText(alert.issuedAt)].filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}

function InForce() {
  const [loaded, retry] = useKept('alerts', () => listAlerts())
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { data, keptAt } = loaded.data
  return (
    <>
      <AgeNote keptAt={keptAt} />
      {data.length === 0 && <Notice kind="ok">{t('screens:alert.none')}</Notice>}
      <ul class="alert-list">
        {data.map((alert) => (
          <AlertCard key={alert.id} alert={alert} />
        ))}
      </ul>
    </>
  )
}

function History() {
  const [more, setMore] = useState<AlertPage[]>([])
  const [problem, setProblem] = useState<unknown>()
  const [loaded, retry] = useLoad('history', () => listAlertHistory())
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const pages = [loaded.data, ...more]
  const past = pages.flatMap(({ alerts }) => alerts).filter((one) => one.standing !== 'in_force')
  const cursor = pages.at(-1)?.nextCursor
  const next = () => listAlertHistory(cursor).then((page) => setMore([...more, page]), setProblem)
  return (
    <>
      {past.length === 0 && <p class="muted">{t('screens:alert.no_history')}</p>}
      <ul class="alert-list">
        {past.map((alert) => (
          <AlertCard key={alert.id} alert={alert} />
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void next()} />}
      {cursor !== undefined && (
        <Button look="secondary" onClick={() => void next()}>
          {t('screens:alert.older')}
        </Button>
      )}
    </>
  )
}

/** Warnings that hold, those that are over, and where to choose what one wants to hear of. */
export function AlertsPage() {
  return (
    <Page title={t('screens:frame.alerts')}>
      <section class="stack" aria-labelledby="in-force">
        <h2 id="in-force">{t('screens:alert.now')}</h2>
        <InForce />
      </section>
      <ForeignAlerts />
      <div class="button-row">
        <LinkButton href="#/floods" look="secondary">
          {t('screens:flood.title')}
        </LinkButton>
        <LinkButton href="#/water" look="secondary">
          {t('screens:water.title')}
        </LinkButton>
        <LinkButton href="#/me/topics" look="secondary">
          {t('screens:inbox.choose_topics')}
        </LinkButton>
      </div>
      <section class="stack" aria-labelledby="over">
        <h2 id="over">{t('screens:alert.history')}</h2>
        <History />
      </section>
    </Page>
  )
}

/** One message, also one that no longer holds: then it says so first. */
export function AlertPageOf({ id }: { id: string }) {
  const [loaded, retry] = useKept(`alert ${id}`, () => getAlert(id))
  const title = loaded.state === 'ready' ? loaded.data.data.headline : t('screens:frame.alerts')
  return (
    <Page title={title}>
      {loaded.state === 'loading' && <Skeleton rows={3} />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {loaded.state === 'ready' && (
        <>
          <AgeNote keptAt={loaded.data.keptAt} />
          <AlertBody alert={loaded.data.data} />
        </>
      )}
      <div>
        <LinkButton href="#/alerts" look="quiet">
          {t('screens:alert.all')}
        </LinkButton>
      </div>
    </Page>
  )
}
