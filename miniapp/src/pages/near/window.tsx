import { useEffect, useRef, useState } from 'preact/hooks'
import type { Box, LngLat } from '../../../../api/core/geo.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { categoryName, dayText, stateLabel } from '../../shared/words.ts'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { boxText, type CaseMark, loadMarks } from './calls.ts'
import { CaseMap } from './map.tsx'
import { boxOf, type Size } from './projection.ts'
import type { MapView, NearState } from './state.ts'
import { useAreas } from './use-areas.ts'

/** From farther than this only counts are asked for. */
const CASES_FROM_ZOOM = 10.5
const LISTED = 10
/** About a commune on a phone. */
const HOME_ZOOM = 11.5

function Picked({ marks }: { marks: readonly CaseMark[] }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [marks])
  const coded = marks.filter(({ code }) => code !== undefined)
  return (
    <section class="card near-picked">
      <h2 ref={heading} tabIndex={-1}>
        {t('screens:map.picked', { count: marks.length })}
      </h2>
      <ul class="stack">
        {coded.slice(0, LISTED).map(({ code, category = 'other', state = '', date = '' }) => (
          <li key={code}>
            <a class="near-link" href={`#/case/${code}`}>
              {[categoryName(category), stateLabel(state), dayText(date)].join(' · ')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Shown = { box: Box; isFar: boolean }

type Props = {
  homeCode: string
  state: NearState
  me?: LngLat
  /** The map came to rest: the address and the list follow it. */
  onMoved: (view: MapView, box: Box) => void
  /** The reader wants to see where they stand. */
  onMe: () => void
}

/** The map with what stands in its window, and what was pressed on it. */
export function MapWindow({ homeCode, state, me, onMoved, onMe }: Props) {
  const areas = useAreas(homeCode)
  const [shown, setShown] = useState<Shown>()
  const [picked, setPicked] = useState<readonly CaseMark[]>([])
  const { category, group, days } = state
  const key = shown && JSON.stringify([boxText(shown.box), shown.isFar, category, group, days])
  const [loaded, retry] = useLoad(key, () =>
    shown === undefined
      ? Promise.resolve({ marks: [], hasMore: false })
      : loadMarks(shown.box, state, shown.isFar),
  )
  const kept = useRef<{ marks: readonly CaseMark[]; hasMore: boolean }>({
    marks: [],
    hasMore: false,
  })
  if (loaded.state === 'ready') kept.current = loaded.data
  const settle = (next: MapView, size: Size) => {
    const box = boxOf(next, size)
    setShown({ box, isFar: next.zoom < CASES_FROM_ZOOM })
    onMoved(next, box)
  }
  const home = areas.units.find(({ code }) => code === homeCode)
  const view = state.view ?? (home && { lng: home.lng, lat: home.lat, zoom: HOME_ZOOM })
  if (view === undefined) return <Skeleton rows={3} />
  return (
    <div class="stack">
      <CaseMap
        areas={areas}
        homeCode={homeCode}
        view={view}
        marks={kept.current.marks}
        onSettled={settle}
        onPick={setPicked}
        onMe={onMe}
        {...(me ? { me } : {})}
      />
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {kept.current.hasMore && <Notice>{t('screens:map.more')}</Notice>}
      {picked.length > 0 && <Picked marks={picked} />}
    </div>
  )
}
