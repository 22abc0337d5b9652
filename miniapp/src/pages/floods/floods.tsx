import './floods.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { listPoints, MARKS, type Mark, type Point, sayDepth } from '../../resident/flood-calls.ts'
import { Page } from '../../resident/page.tsx'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { timeText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Body } from './body.tsx'
import { cardId, FloodMap } from './map.tsx'
import { drawnCm, markName, roadText } from './words.ts'

const TONES = { open: 'done', hard: 'waiting', closed: 'late' } as const

function Official({ official }: { official: NonNullable<Point['official']> }) {
  const { cm, mark, measuredAt, source, isOld } = official
  const params = { cm, mark: markName(mark), time: timeText(measuredAt), source }
  return <p>{t(isOld ? 'screens:flood.official_old' : 'screens:flood.official', params)}</p>
}

function Residents({ residents }: { residents: NonNullable<Point['residents']> }) {
  const { reports, lowCm, highCm, medianCm, mark, lastAt } = residents
  return (
    <p>
      {t('screens:flood.residents', {
        ...{ count: reports, low: lowCm, high: highCm, cm: medianCm },
        ...{ mark: markName(mark), time: timeText(lastAt) },
      })}
    </p>
  )
}

/** One press: how high the water stands here. */
function Tell({ point, onSaid }: { point: Point; onSaid: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState<Mark>()
  const { isBusy, problem, run } = useWork()
  const tell = (mark: Mark) =>
    void run(async () => {
      await sayDepth(point.id, mark)
      setSaid(mark)
      setOpen(false)
      onSaid()
    })
  return (
    <div class="stack tight">
      <div class="live" role="status">
        {said !== undefined && <p>{t('screens:flood.thanks', { mark: markName(said) })}</p>}
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {isOpen ? (
        <fieldset class="stack tight">
          <legend class="field-label">{t('screens:flood.ask')}</legend>
          <p class="field-hint">{t('screens:flood.ask_hint')}</p>
          <div class="button-row">
            {MARKS.map((mark) => (
              <Button key={mark} look="secondary" isBusy={isBusy} onClick={() => tell(mark)}>
                {markName(mark)}
              </Button>
            ))}
          </div>
        </fieldset>
      ) : (
        <div>
          <Button look="secondary" onClick={() => setOpen(true)}>
            {t('screens:flood.tell')}
          </Button>
        </div>
      )}
    </div>
  )
}

function PointCard({ point, onSaid }: { point: Point; onSaid: () => void }) {
  const cm = drawnCm(point)
  const { name, unit, road, roadAt, official, residents } = point
  return (
    <li class="card stack tight">
      <p class="badges">
        <span class={`badge ${TONES[road]}`}>{roadText(point)}</span>
      </p>
      <h3 id={cardId(point)} tabIndex={-1}>
        {name}
      </h3>
      <p class="muted small">
        {unit} · {t('screens:flood.road_since', { time: timeText(roadAt) })}
      </p>
      <div class={cm === undefined ? undefined : 'flood-point'}>
        {cm !== undefined && <Body depthCm={cm} />}
        <div class="stack tight">
          {official !== null && <Official official={official} />}
          {residents !== null && <Residents residents={residents} />}
          {official === null && residents === null && (
            <p class="muted">{t('screens:flood.nothing')}</p>
          )}
        </div>
      </div>
      <Tell point={point} onSaid={onSaid} />
    </li>
  )
}

/** Places under water: the road, the depth on a body, who said it and when; and one press to say it oneself. */
export function FloodsPage() {
  const [loaded, retry] = useKept('flood points', listPoints)
  const [fresh, setFresh] = useState<Point[]>()
  const reload = () => void listPoints().then(setFresh, () => undefined)
  return (
    <Page title={t('screens:flood.title')}>
      <Notice kind="warn">{t('screens:flood.advice')}</Notice>
      {loaded.state === 'loading' && <Skeleton rows={3} />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {loaded.state === 'ready' && (
        <>
          {fresh === undefined && <AgeNote keptAt={loaded.data.keptAt} />}
          <Points points={fresh ?? loaded.data.data} onSaid={reload} />
        </>
      )}
      <div class="button-row">
        <LinkButton href="#/report/photos" look="secondary">
          {t('screens:flood.report')}
        </LinkButton>
        <LinkButton href="#/water" look="quiet">
          {t('screens:water.title')}
        </LinkButton>
      </div>
    </Page>
  )
}

function Points({ points, onSaid }: { points: readonly Point[]; onSaid: () => void }) {
  if (points.length === 0) return <Notice>{t('screens:flood.none')}</Notice>
  const wet = points.filter(({ isFlooded }) => isFlooded)
  const others = points.filter(({ isFlooded }) => !isFlooded)
  const list = (some: readonly Point[]) => (
    <ul class="flood-list">
      {some.map((point) => (
        <PointCard key={point.id} point={point} onSaid={onSaid} />
      ))}
    </ul>
  )
  return (
    <>
      <OnMap points={points} />
      <section class="stack" aria-labelledby="wet">
        <h2 id="wet">{t('screens:flood.wet')}</h2>
        {wet.length === 0 ? <p>{t('screens:flood.none_wet')}</p> : list(wet)}
      </section>
      {others.length > 0 && (
        <section class="stack" aria-labelledby="dry">
          <h2 id="dry">{t('screens:flood.others')}</h2>
          {list(others)}
        </section>
      )}
    </>
  )
}

/** Drawn when somebody wants it: the list says the same, and comes first on a weak signal. */
function OnMap({ points }: { points: readonly Point[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="stack" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('screens:flood.map')}</summary>
      {isOpen && <FloodMap points={points} />}
    </details>
  )
}
