import { useKept } from '../offline/use-kept.ts'
import { t } from '../shared/i18n.ts'
import { timeText } from '../shared/words.ts'
import { LinkButton } from '../ui/button.tsx'
import { Notice } from '../ui/feedback.tsx'
import { listAlerts } from './alert-calls.ts'

/** More would push away what people came for; the rest stands on the page. */
const SHOWN = 2

/** Warnings in force where the reader lives, above all else; without any, or without an answer, nothing. */
export function AlertsHere({ unitCode }: { unitCode: string }) {
  const [loaded] = useKept(`alerts ${unitCode}`, () => listAlerts(unitCode))
  if (loaded.state !== 'ready') return null
  const { data, keptAt } = loaded.data
  // A kept warning may be over by now: what the clock says is over is not shown.
  const held = data.filter(({ expiresAt }) => Date.parse(expiresAt) > Date.now())
  if (held.length === 0) return null
  return (
    <>
      {held.slice(0, SHOWN).map((alert) => (
        <Notice
          key={alert.id}
          kind={alert.level >= 3 ? 'error' : 'warn'}
          title={`${alert.isMeasured ? t('screens:alert.measured') : t('screens:alert.warning')}: ${alert.headline}`}
        >
          <p>{alert.instruction}</p>
          <p class="small">
            {t('screens:alert.until', { time: timeText(alert.expiresAt) })}
            {keptAt === undefined ? '' : ` ${t('screens:alert.kept', { time: timeText(keptAt) })}`}
          </p>
          <div>
            <LinkButton href={`#/alerts/${alert.id}`} look="secondary">
              {t('screens:alert.more')}
            </LinkButton>
          </div>
        </Notice>
      ))}
      {held.length > SHOWN && (
        <LinkButton href="#/alerts" look="quiet">
          {t('screens:alert.others', { count: held.length - SHOWN })}
        </LinkButton>
      )}
    </>
  )
}
