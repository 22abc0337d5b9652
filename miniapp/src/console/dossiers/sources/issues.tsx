import type { LineIssue } from '../../../../../api/rooms/dossiers/index.ts'
import { t } from '../../../shared/i18n.ts'

type Props = { issues: readonly LineIssue[]; more?: number }

/** Bad places of a file: line, column, reason. */
export function Issues({ issues, more = 0 }: Props) {
  return (
    <>
      <ul class="sources-issues">
        {issues.map(({ line, column, reason, text = reason }) => (
          <li key={`${line} ${column} ${reason}`}>
            {column === ''
              ? t('desk:sources.issue.line', { line, text })
              : t('desk:sources.issue', { line, column, text })}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('desk:sources.issue.more', { count: more })}</p>}
    </>
  )
}
