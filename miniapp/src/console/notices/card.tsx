import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { OnDemand } from '../unreached/on-demand.tsx'
import { UnreachedOf } from '../unreached/unreached.tsx'
import type { OneNotice } from './calls.ts'
import { FailuresOf } from './failures.tsx'
import { ForecastOf } from './forecast.tsx'
import { ProgressOf } from './progress.tsx'
import { type StepProps, Steps } from './steps.tsx'

const at = (instant: string): string => formatDateTime(new Date(instant))

const TONES: Partial<Record<OneNotice['standing'], string>> = {
  draft: 'waiting',
  proposed: 'waiting',
  scheduled: 'moving',
  sending: 'moving',
  paused: 'waiting',
  sent: 'done',
}

/** Some may have it, and others not. */
const WENT_OUT: readonly OneNotice['standing'][] = ['sending', 'paused', 'sent', 'cancelled']

type Props = Omit<StepProps, 'isBusy'> & { isBusy: boolean; onEnd: () => void }

/** One notice: how it stands, all that it says, whom it reaches, and the next step. */
export function NoticeCard({ notice, onEnd, ...steps }: Props) {
  const isOpen = notice.state === 'draft' || notice.state === 'proposed'
  return (
    <li class="card stack">
      <p class="badges">
        <span class={`badge ${TONES[notice.standing] ?? 'ended'}`}>
          {t(asKey(`desk:notice.standing.${notice.standing}`))}
        </span>
        <span class={`badge ${notice.isEmergency ? 'late' : ''}`}>{notice.kindLabel}</span>
        {!notice.hasEnglish && <span class="badge">{t('desk:notice.no_english')}</span>}
      </p>
      <h3>{notice.title}</h3>
      {notice.body && <p class="alert-words">{notice.body}</p>}
      <Facts notice={notice} />
      <ProgressOf notice={notice} onEnd={onEnd} />
      {WENT_OUT.includes(notice.standing) && (
        <>
          <OnDemand title={t('desk:notice.failures')} look={() => <FailuresOf notice={notice} />} />
          <OnDemand
            title={t('desk:notice.unreached')}
            look={() => (
              <UnreachedOf
                of={{ kind: 'notices', id: notice.id }}
                canSeePeople={notice.can.seePeople}
              />
            )}
          />
        </>
      )}
      <details class="stack">
        <summary>{t('desk:alerts.read_out')}</summary>
        <p>{notice.readOut}</p>
        <h4>{t('desk:alerts.share_text')}</h4>
        <p class="alert-words">{notice.shareText}</p>
      </details>
      {isOpen && <ForecastOf id={notice.id} version={notice.version} />}
      {notice.missing.length > 0 && (
        <p class="field-hint">
          {t('desk:alerts.missing', {
            fields: notice.missing
              .map((field) => t(asKey(`desk:notice.field.${field}`)))
              .join(', '),
          })}
        </p>
      )}
      {notice.state === 'proposed' && !notice.can.release && (
        <p class="field-hint">{t('desk:notice.second_person')}</p>
      )}
      <Steps notice={notice} {...steps} />
    </li>
  )
}

function Facts({ notice }: { notice: OneNotice }) {
  const { event } = notice
  const rows = [
    [t('desk:alerts.places'), notice.place],
    [t('desk:notice.event'), event && `${at(event.startAt)} – ${at(event.endAt)}, ${event.place}`],
    [t('desk:notice.send_at'), notice.sendAt && at(notice.sendAt)],
    [t('desk:alerts.ends'), at(notice.expiresAt)],
    [t('desk:alerts.issuer'), notice.issuer],
    [t('desk:alerts.signer'), notice.signer],
    [t('desk:alerts.document'), notice.documentNo],
    [t('desk:alerts.author'), notice.authorName],
    [t('desk:notice.released_by'), notice.releasedByName],
    [t('desk:notice.alone_reason'), notice.aloneReason],
    [t('desk:notice.ended_reason'), notice.endedReason],
  ] as const
  return (
    <dl class="desk-facts">
      {rows.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
