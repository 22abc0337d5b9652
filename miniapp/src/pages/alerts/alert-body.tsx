import type { Alert } from '../../resident/alert-calls.ts'
import { PassOn } from '../../resident/pass-on.tsx'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { timeText } from '../../shared/words.ts'

/** In the tone of its badge: what holds by its level, what is over quietly. */
export function toneOf({ standing, level }: Alert): string {
  if (standing !== 'in_force') return 'ended'
  return level >= 3 ? 'late' : 'waiting'
}

/** What it is and whether it holds, before anything else. */
export function AlertBadges({ alert }: { alert: Alert }) {
  return (
    <p class="badges">
      <span class={`badge ${toneOf(alert)}`}>{t(asKey(`screens:alert.${alert.standing}`))}</span>
      <span class="badge">
        {alert.kindLabel} · {alert.levelLabel}
      </span>
    </p>
  )
}

function Origin({ alert }: { alert: Alert }) {
  const rows = [
    [t('screens:alert.issuer'), alert.issuer],
    [t('screens:alert.signer'), alert.signer],
    [t('screens:alert.document'), alert.documentNo],
    [t('screens:alert.place'), alert.place],
    [t('screens:alert.issued'), timeText(alert.issuedAt)],
    [t('screens:alert.expires'), timeText(alert.expiresAt)],
  ] as const
  return (
    <dl class="facts">
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

/** All of one message: what, what to do, whose word it is, and a way to pass it on. */
export function AlertBody({ alert }: { alert: Alert }) {
  return (
    <div class="stack">
      <AlertBadges alert={alert} />
      {alert.body !== '' && <p class="alert-words">{alert.body}</p>}
      <p class="alert-do">{alert.instruction}</p>
      <Origin alert={alert} />
      <PassOn
        path={`#/alerts/${alert.id}`}
        title={alert.headline}
        shareText={alert.shareText}
        readOut={alert.readOut}
      />
    </div>
  )
}
