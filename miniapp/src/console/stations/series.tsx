import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Choices } from '../../ui/choices.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { chartUrl, listHours, type Station } from './calls.ts'
import { figureText } from './words.ts'

const SPANS = ['24', '168'] as const
type Span = (typeof SPANS)[number]

/** What a station measured: a picture, and the same by the hour as a table. A silent one opens with the week. */
export function Series({ station }: { station: Station }) {
  const [hours, setHours] = useState<Span>(station.state === 'silent' ? '168' : '24')
  const { code } = station.station
  return (
    <div class="stack">
      <Choices
        legend={t('desk:stations.span')}
        look="chips"
        options={SPANS.map((value) => ({ value, label: t(asKey(`desk:stations.span.${value}`)) }))}
        value={hours}
        onChange={setHours}
      />
      <img class="station-chart" src={chartUrl(code, Number(hours))} alt={station.text} />
      <Hours key={hours} station={station} hours={Number(hours)} />
    </div>
  )
}

function Hours({ station, hours }: { station: Station; hours: number }) {
  const { code } = station.station
  const [loaded, retry] = useLoad(code, () => listHours(code, hours, new Date()))
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { points, unit } = loaded.data
  if (points.length === 0) return <p class="muted">{t('desk:stations.no_hours')}</p>
  return (
    <section
      class="station-hours"
      aria-label={t('desk:stations.hours', { station: station.station.name })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard.
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('desk:stations.hour')}</th>
            <th scope="col">{t('desk:stations.mean')}</th>
            <th scope="col">{t('desk:stations.range')}</th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map(({ at, value, low, high }) => (
            <tr key={at}>
              <th scope="row">{formatDateTime(new Date(at))}</th>
              <td>{figureText(value, unit)}</td>
              <td>
                {low === undefined || high === undefined
                  ? ''
                  : `${figureText(low, unit)} – ${figureText(high, unit)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
