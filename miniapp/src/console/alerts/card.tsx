import { useEffect, useRef } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import type { Follow, Move, OneAlert } from './calls.ts'

type Props = {
  alert: OneAlert
  isBusy: boolean
  /** The page was opened for this one: it is shown and read first. */
  isMeant: boolean
  onMove: (move: Move) => void
  onEdit: () => void
  onFollow: (as: Follow) => void
}

const at = (instant: string): string => formatDateTime(new Date(instant))
const FOLLOWS: readonly Follow[] = ['update', 'all_clear', 'cancel']

/** One message: how it stands, all that it says, who wrote and who released it, and the next step. */
export function AlertCard({ alert, isBusy, isMeant, onMove, onEdit, onFollow }: Props) {
  const { can } = alert
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isMeant) ref.current?.focus()
  }, [isMeant])
  return (
    <li class="card stack" ref={ref} tabIndex={-1}>
      <p class="badges">
        <span class="badge waiting">{t(asKey(`console:alerts.state.${alert.state}`))}</span>
        <span class="badge">
          {t(asKey(`console:alerts.type.${alert.messageType}`))} · {alert.kindLabel} ·{' '}
          {alert.levelLabel}
        </span>
        {alert.stationCode !== null && <span class="badge">{t('console:alerts.measured')}</span>}
      </p>
      <h3>{alert.headlineVi}</h3>
      {alert.bodyVi && <p class="alert-words">{alert.bodyVi}</p>}
      <p>
        <strong>{alert.instructionVi}</strong>
      </p>
      <Facts alert={alert} />
      <details class="stack">
        <summary>{t('console:alerts.read_out')}</summary>
        <p>{alert.readOut}</p>
        <h4>{t('console:alerts.share_text')}</h4>
        <p class="alert-words">{alert.shareText}</p>
      </details>
      {alert.missing.length > 0 && (
        <p class="field-hint">
          {t('console:alerts.missing', {
            fields: alert.missing
              .map((field) => t(asKey(`console:alerts.field.${field}`)))
              .join(', '),
          })}
        </p>
      )}
      {alert.state === 'proposed' && !can.issue && (
        <p class="field-hint">{t('console:alerts.second_person')}</p>
      )}
      <div class="button-row">
        {can.issue && (
          <Button isBusy={isBusy} onClick={() => onMove('issue')}>
            {t('console:alerts.issue')}
          </Button>
        )}
        {can.issue && (
          <Button look="secondary" isBusy={isBusy} onClick={() => onMove('return')}>
            {t('console:alerts.return')}
          </Button>
        )}
        {can.propose && (
          <Button isBusy={isBusy} onClick={() => onMove('propose')}>
            {t('console:alerts.propose')}
          </Button>
        )}
        {can.edit && alert.stationCode === null && (
          <Button look="secondary" onClick={onEdit}>
            {t('console:alerts.edit')}
          </Button>
        )}
        {can.edit && (
          <Button look="quiet" isBusy={isBusy} onClick={() => onMove('drop')}>
            {t('console:alerts.drop')}
          </Button>
        )}
        {can.follow &&
          FOLLOWS.map((as) => (
            <Button key={as} look="secondary" isBusy={isBusy} onClick={() => onFollow(as)}>
              {t(asKey(`console:alerts.follow.${as}`))}
            </Button>
          ))}
      </div>
    </li>
  )
}

function Facts({ alert }: { alert: OneAlert }) {
  const { counts = {} } = alert.delivery ?? {}
  const { inbox = 0, sent = 0 } = counts
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0) - inbox
  const rows = [
    [t('console:alerts.places'), alert.place],
    [t('console:alerts.ends'), at(alert.expiresAt)],
    [t('console:alerts.issuer'), alert.issuer],
    [t('console:alerts.signer'), alert.signer],
    [t('console:alerts.document'), alert.documentNo],
    [t('console:alerts.author'), alert.authorName],
    [t('console:alerts.approver'), alert.approverName],
    [t('console:alerts.issued_at'), alert.issuedAt && at(alert.issuedAt)],
    [
      t('console:alerts.reached'),
      alert.delivery && t('console:alerts.reached_of', { sent, all, inbox }),
    ],
  ] as const
  return (
    <dl class="desk-facts">
      {rows.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
