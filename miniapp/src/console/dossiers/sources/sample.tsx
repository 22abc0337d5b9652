import { formatDateTime } from '../../../../../api/core/time.ts'
import type { Preview } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'
import { Notice } from '../../../ui/feedback.tsx'
import { Issues } from './issues.tsx'

const time = (at: string | undefined) => (at === undefined ? '–' : formatDateTime(new Date(at)))

function Rows({ sample }: { sample: Preview['sample'] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
    <section class="desk-table words" aria-label={t('desk:sources.sample')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('desk:dossiers.code')}</th>
            <th scope="col">{t('desk:dossiers.procedure')}</th>
            <th scope="col">{t('desk:dossiers.applicant')}</th>
            <th scope="col">{t('desk:dossiers.state')}</th>
            <th scope="col">{t('desk:sources.field.receivedAt')}</th>
            <th scope="col">{t('desk:dossiers.due')}</th>
            <th scope="col">{t('desk:sources.row')}</th>
          </tr>
        </thead>
        <tbody>
          {sample.map((row) => (
            <tr key={row.line}>
              <th scope="row">{row.code}</th>
              <td>{row.procedureName}</td>
              <td>{row.applicantMasked === '' ? '–' : row.applicantMasked}</td>
              <td>{row.stateName}</td>
              <td>{time(row.receivedAt)}</td>
              <td>{time(row.dueAt)}</td>
              <td>{row.line}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The first rows as they will be understood, what cannot be read, and what is left out. */
export function Sample({ preview: { sample, issues, unused } }: { preview: Preview }) {
  return (
    <>
      {unused.length > 0 && (
        <p class="muted">{t('desk:sources.unused', { columns: unused.join(', ') })}</p>
      )}
      {issues.length > 0 && (
        <Notice kind="warn" title={t('desk:sources.faults')}>
          <Issues issues={issues} />
        </Notice>
      )}
      {sample.length > 0 && <Rows sample={sample} />}
    </>
  )
}
