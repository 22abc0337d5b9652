import { useKept } from '../../offline/use-kept.ts'
import { listForeign } from '../../resident/alert-calls.ts'
import { OutLink } from '../../resident/out-link.tsx'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'

/** Warnings of other offices in their own words; nothing stands there when there are none. */
export function ForeignAlerts() {
  const [loaded] = useKept('foreign', listForeign)
  if (loaded.state !== 'ready' || loaded.data.data.length === 0) return null
  return (
    <section class="stack" aria-labelledby="foreign">
      <h2 id="foreign">{t('screens:foreign.title')}</h2>
      <p class="muted small">{t('screens:foreign.text')}</p>
      <ul class="alert-list">
        {loaded.data.data.map((alert) => (
          <li key={alert.id} class="card stack tight">
            <p class="badges">
              <span class="badge">{alert.kindLabel}</span>
            </p>
            <h3>{alert.headline}</h3>
            {alert.body !== '' && <p class="alert-words">{alert.body}</p>}
            {alert.instruction !== '' && <p class="alert-do">{alert.instruction}</p>}
            <p class="muted small">
              {[alert.senderName, alert.place, timeText(alert.sentAt)].filter(Boolean).join(' · ')}
            </p>
            <p class="muted small">
              {t('screens:alert.until', { time: timeText(alert.expiresAt) })}
            </p>
            <OutLink href={alert.sourceUrl}>{t('screens:foreign.source')}</OutLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
