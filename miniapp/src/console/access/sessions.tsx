import { useEffect, useState } from 'preact/hooks'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { listSessions, revokeAllSessions, revokeSession } from '../calls.ts'
import type { SessionView } from '../types.ts'
import { agoWords } from '../words.ts'

/** Where this official is signed in; one or all of them can be ended. */
export function SessionList() {
  const [rows, setRows] = useState<readonly SessionView[]>()
  const [problem, setProblem] = useState<unknown>()
  const load = () => {
    setProblem(undefined)
    listSessions().then(setRows, setProblem)
  }
  useEffect(load, [])
  const end = (work: Promise<void>) => {
    work.then(load, setProblem)
  }
  const now = new Date()
  return (
    <section class="stack">
      <h2>{t('console:sessions.title')}</h2>
      <p class="muted">{t('console:sessions.intro')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={load} />}
      {rows === undefined && problem === undefined && <Skeleton />}
      <ul class="desk-sessions">
        {rows?.map((row) => (
          <li key={row.id} class="card">
            <div>
              <p class="desk-strong">
                {row.label}
                {row.isCurrent && <span class="badge done">{t('console:sessions.here')}</span>}
              </p>
              <p class="muted small">
                {t('console:sessions.seen', { when: agoWords(row.lastSeenAt, now) })}
              </p>
              <p class="muted small">
                {t('console:sessions.since', { when: agoWords(row.createdAt, now) })}
              </p>
            </div>
            {!row.isCurrent && (
              <Button look="secondary" onClick={() => end(revokeSession(row.id))}>
                {t('console:sessions.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {rows && (
        <div>
          <Button
            look="danger"
            onClick={() => end(revokeAllSessions().then(() => location.reload()))}
          >
            {t('console:sessions.revoke_all')}
          </Button>
        </div>
      )}
    </section>
  )
}
