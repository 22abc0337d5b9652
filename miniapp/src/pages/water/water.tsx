import './water.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { HomeAwaited, useHomeUnit } from '../../resident/home-unit.tsx'
import { Page } from '../../resident/page.tsx'
import {
  type Air,
  chartUrl,
  listAir,
  listHours,
  listRivers,
  type River,
} from '../../resident/readings-calls.ts'
import { RiverCard } from '../../resident/river-card.tsx'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { timeText } from '../../shared/words.ts'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

const CM_PER_M = 100

const metres = (cm: number): string =>
  `${(cm / CM_PER_M).toFixed(2).replace('.', t('miniapp:decimal'))} m`

/** The chart's numbers, for whoever cannot see it or wants them exactly. */
function Hours({ code }: { code: string }) {
  const [loaded, retry] = useLoad(code, () => listHours(code))
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  if (loaded.data.points.length === 0) return <p class="muted">{t('screens:water.no_hours')}</p>
  return (
    <table class="water-table">
      <thead>
        <tr>
          <th scope="col">{t('screens:water.hour')}</th>
          <th scope="col">{t('screens:water.level')}</th>
        </tr>
      </thead>
      <tbody>
        {[...loaded.data.points].reverse().map(({ at, value }) => (
          <tr key={at}>
            <th scope="row">{timeText(at)}</th>
            <td>{metres(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Station({ river }: { river: River }) {
  const { code } = river.station
  const [isOpen, setOpen] = useState(false)
  return (
    <RiverCard river={river}>
      {river.at !== null && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('screens:water.chart')}</summary>
          {isOpen && (
            <div class="stack">
              <img class="water-chart" src={chartUrl(code)} alt={river.text} />
              <Hours code={code} />
            </div>
          )}
        </details>
      )}
    </RiverCard>
  )
}

/** Rivers of the reader's commune first, the others of the city below. */
function Rivers({ unitCode }: { unitCode: string }) {
  const [loaded, retry] = useKept(`rivers ${unitCode}`, async () => {
    const [near, all] = await Promise.all([listRivers(unitCode), listRivers()])
    const codes = new Set(near.map(({ station }) => station.code))
    return { near, others: all.filter(({ station }) => !codes.has(station.code)) }
  })
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { near, others } = loaded.data.data
  return (
    <>
      <AgeNote keptAt={loaded.data.keptAt} />
      {near.length === 0 && <Notice>{t('screens:water.no_station')}</Notice>}
      {near.map((river) => (
        <Station key={river.station.code} river={river} />
      ))}
      {others.length > 0 && (
        <details class="stack">
          <summary>{t('screens:water.others', { count: others.length })}</summary>
          <div class="stack">
            {others.map((river) => (
              <Station key={river.station.code} river={river} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function AirStation({ air }: { air: Air }) {
  const { station, index, bandName, at, isStale } = air
  return (
    <Card title={station.name}>
      {index === null || isStale || at === null ? (
        <p>{t('screens:water.silent')}</p>
      ) : (
        <p>
          <strong>VN_AQI {index}</strong> {bandName} · {timeText(at)}
        </p>
      )}
      <p class="muted small">{[station.operator, air.method].join(' · ')}</p>
    </Card>
  )
}

function AirNow() {
  const [loaded, retry] = useLoad('air', listAir)
  if (loaded.state === 'loading') return <Skeleton rows={1} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  if (loaded.data.length === 0) return <Notice>{t('screens:air.none')}</Notice>
  return (
    <>
      {loaded.data.map((air) => (
        <AirStation key={air.station.code} air={air} />
      ))}
    </>
  )
}

/** Water and air as gauges measured them, each with its source and clock time. */
export function WaterPage() {
  const known = useHomeUnit()
  return (
    <Page title={t('screens:water.title')}>
      <p class="muted">{t('screens:water.text')}</p>
      <section class="stack" aria-labelledby="rivers">
        <h2 id="rivers">{t('screens:water.rivers')}</h2>
        {known.home === undefined ? (
          <HomeAwaited home={known} rows={3} />
        ) : (
          <Rivers unitCode={known.home.code} />
        )}
      </section>
      <section class="stack" aria-labelledby="air">
        <h2 id="air">{t('screens:air.title')}</h2>
        <AirNow />
      </section>
    </Page>
  )
}
