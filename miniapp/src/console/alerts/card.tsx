import { useEffect, useRef, useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/feedback.tsx'
import { lazyPart } from '../lazy-part.tsx'
import { OnDemand } from '../unreached/on-demand.tsx'
import { UnreachedOf } from '../unreached/unreached.tsx'
import { ReachOf } from './area/reach.tsx'
import type { Follow, Move, OneAlert } from './calls.ts'

const AreaMap = lazyPart(() => import('./area/map.tsx').then((m) => m.AreaMap))

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
        <span class="badge waiting">{t(asKey(`desk:alerts.state.${alert.state}`))}</span>
        <span class="badge">
          {t(asKey(`desk:alerts.type.${alert.messageType}`))} · {alert.kindLabel} ·{' '}
          {alert.levelLabel}
        </span>
        {alert.stationCode !== null && <span class="badge">{t('desk:alerts.measured')}</span>}
      </p>
      {alert.reminder && <ReminderNotice alert={alert} reminder={alert.reminder} />}
      <h3>{alert.headlineVi}</h3>
      {alert.bodyVi && <p class="alert-words">{alert.bodyVi}</p>}
      <p>
        <strong>{alert.instructionVi}</strong>
      </p>
      <Facts alert={alert} />
      <DrawnArea alert={alert} />
      {alert.state === 'proposed' && <ReachOf about={alert} />}
      {alert.state === 'issued' && (
        <OnDemand
          title={t('desk:notice.unreached')}
          look={() => (
            <UnreachedOf of={{ kind: 'alerts', id: alert.id }} canSeePeople={can.seePeople} />
          )}
        />
      )}
      <details class="stack">
        <summary>{t('desk:alerts.read_out')}</summary>
        <p>{alert.readOut}</p>
        <h4>{t('desk:alerts.share_text')}</h4>
        <p class="alert-words">{alert.shareText}</p>
      </details>
      {alert.missing.length > 0 && (
        <p class="field-hint">
          {t('desk:alerts.missing', {
            fields: alert.missing.map((field) => t(asKey(`desk:alerts.field.${field}`))).join(', '),
          })}
        </p>
      )}
      {alert.state === 'proposed' && !can.issue && (
        <p class="field-hint">{t('desk:alerts.second_person')}</p>
      )}
      <div class="button-row">
        {can.issue && (
          <Button isBusy={isBusy} onClick={() => onMove('issue')}>
            {t('desk:alerts.issue')}
          </Button>
        )}
        {can.issue && (
          <Button look="secondary" isBusy={isBusy} onClick={() => onMove('return')}>
            {t('desk:alerts.return')}
          </Button>
        )}
        {can.propose && (
          <Button isBusy={isBusy} onClick={() => onMove('propose')}>
            {t('desk:alerts.propose')}
          </Button>
        )}
        {can.edit && alert.stationCode === null && (
          <Button look="secondary" onClick={onEdit}>
            {t('desk:alerts.edit')}
          </Button>
        )}
        {can.edit && (
          <Button look="quiet" isBusy={isBusy} onClick={() => onMove('drop')}>
            {t('desk:alerts.drop')}
          </Button>
        )}
        {can.follow &&
          FOLLOWS.map((as) => (
            <Button key={as} look="secondary" isBusy={isBusy} onClick={() => onFollow(as)}>
              {t(asKey(`desk:alerts.follow.${as}`))}
            </Button>
          ))}
      </div>
    </li>
  )
}

/** What was drawn, for whoever releases it: words alone do not say where it lies. */
function DrawnArea({ alert }: { alert: OneAlert }) {
  const [isOpen, setOpen] = useState(false)
  const { polygons = [], circles = [] } = alert.area
  if (polygons.length + circles.length === 0) return null
  return (
    <details class="stack" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('desk:alerts.area.look')}</summary>
      {isOpen && <AreaMap unitCode={alert.unitCode} shapes={{ polygons, circles }} />}
    </details>
  )
}

type Reminder = NonNullable<OneAlert['reminder']>

/** It holds and nobody looks after it: what is the matter, what to do, and who was told. */
function ReminderNotice({ alert, reminder }: { alert: OneAlert; reminder: Reminder }) {
  const { step, told } = reminder
  const time = at(step === 'ending' ? alert.expiresAt : (alert.issuedAt ?? reminder.since))
  return (
    <Notice kind="warn">
      <p>
        <strong>{t(asKey(`desk:alerts.reminder.${step}`), { time })}</strong>
      </p>
      <p>{t('desk:alerts.reminder.what')}</p>
      {told !== null && <p class="small">{t('desk:alerts.reminder.told', { n: told })}</p>}
    </Notice>
  )
}

function Facts({ alert }: { alert: OneAlert }) {
  const { counts = {} } = alert.delivery ?? {}
  const { inbox = 0, sent = 0 } = counts
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0) - inbox
  const rows = [
    [t('desk:alerts.places'), alert.place],
    [t('desk:alerts.ends'), at(alert.expiresAt)],
    [t('desk:alerts.issuer'), alert.issuer],
    [t('desk:alerts.signer'), alert.signer],
    [t('desk:alerts.document'), alert.documentNo],
    [t('desk:alerts.author'), alert.authorName],
    [t('desk:alerts.approver'), alert.approverName],
    [t('desk:alerts.issued_at'), alert.issuedAt && at(alert.issuedAt)],
    [t('desk:alerts.reached'), alert.delivery && t('desk:alerts.reached_of', { sent, all, inbox })],
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
