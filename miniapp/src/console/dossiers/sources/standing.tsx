import { formatDateTime } from '../../../../../api/core/time.ts'
import type { SourceStanding } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'
import { Notice } from '../../../ui/feedback.tsx'

const time = (at: string | null) =>
  at === null ? t('desk:sources.never') : formatDateTime(new Date(at))

type Pull = NonNullable<SourceStanding['pull']>

function PullFacts({ pull }: { pull: Pull }) {
  return (
    <>
      <dt>{t('desk:sources.pull')}</dt>
      <dd class="sources-file">{pull.url}</dd>
      <dt>{t('desk:sources.pull.ok')}</dt>
      <dd>{time(pull.okAt)}</dd>
      <dt>{t('desk:sources.pull.next')}</dt>
      <dd>{time(pull.nextAt)}</dd>
    </>
  )
}

type AsideProps = { count: number; rows: SourceStanding['aside'] }

/** Rows that the back office sends and that cannot be read; the others of their pages went in. */
function Aside({ count, rows }: AsideProps) {
  return (
    <details>
      <summary>{t('desk:sources.aside', { count })}</summary>
      <p class="muted">{t('desk:sources.aside.hint')}</p>
      <ul class="sources-issues">
        {rows.map(({ code, firstAt, lastAt, issues }) => (
          <li key={`${code} ${firstAt} ${lastAt}`}>
            {t('desk:sources.aside.row', {
              code: code ?? t('desk:sources.aside.no_code'),
              at: time(lastAt),
            })}{' '}
            {issues
              .map(({ column, text }) => t('desk:sources.aside.why', { column, text }))
              .join(' ')}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** How each source stands: what it brought, when it is asked again, and what of it could not be read. */
export function Standing({ sources }: { sources: readonly SourceStanding[] }) {
  return (
    <section class="desk-section">
      <h2>{t('desk:sources.standing')}</h2>
      <ul class="sources-standing">
        {sources.map(({ name, agencyName, lastTakenAt, dossiers, pull, asideCount, aside }) => (
          <li key={name} class="stack tight">
            <h3>
              {agencyName} ({name})
            </h3>
            <dl class="desk-facts">
              <dt>{t('desk:sources.taken')}</dt>
              <dd>{time(lastTakenAt)}</dd>
              <dt>{t('desk:sources.count')}</dt>
              <dd>{dossiers.toLocaleString('vi-VN')}</dd>
              {pull && <PullFacts pull={pull} />}
            </dl>
            {pull?.problemText && (
              <Notice
                kind="warn"
                title={t('desk:sources.pull.problem', { at: time(pull.checkedAt) })}
              >
                <p>{pull.problemText}</p>
              </Notice>
            )}
            {asideCount > 0 && <Aside count={asideCount} rows={aside} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
