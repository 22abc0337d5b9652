import { formatDateTime } from '../../../../api/core/time.ts'
import type { AuditRow } from '../../../../api/rooms/console/index.ts'
import { t } from '../../shared/i18n.ts'
import { wordsOr } from '../words.ts'

/** One row of the audit, as it stands: codes are for those who look something up by them. */
export function AuditLine({ row }: { row: AuditRow }) {
  const { seq, at, actorKind, actorId, actorName, action, subjectKind, subjectId } = row
  const who = actorName ?? (actorKind === 'system' ? actorId : undefined)
  const kind = wordsOr(`desk:audit.by.${actorKind}`, actorKind)
  const data = Object.entries(row.data).map(([name, value]) => `${name}: ${value}`)
  return (
    <li>
      <p class="desk-audit-head">
        <span class="desk-strong">{action}</span>
        <span>{who ? `${kind}: ${who}` : kind}</span>
        <span class="muted small">
          {formatDateTime(new Date(at))} · #{seq}
        </span>
      </p>
      <p class="small desk-audit-codes">
        {subjectKind} {subjectId}
      </p>
      {row.fields.length > 0 && (
        <p class="small">{t('desk:audit.fields', { fields: row.fields.join(', ') })}</p>
      )}
      {data.length > 0 && <p class="small muted desk-audit-codes">{data.join(' · ')}</p>}
    </li>
  )
}
