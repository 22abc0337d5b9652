import './map.css'
import { useCallback, useEffect, useId, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { MapPoints } from '../../../../api/rooms/console/index.ts'
import { boxOf } from '../../pages/near/projection.ts'
import { useAreas } from '../../pages/near/use-areas.ts'
import { appFacts } from '../../shared/app-facts.ts'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { readMap } from '../calls.ts'
import { pathWith, useFilters } from '../desk-location.ts'
import { FilterBar } from '../work-list/filters.tsx'
import { keepLive } from '../work-list/live.ts'
import { CaseMap } from './map.tsx'
import { boxText, prepare } from './points.ts'
import { WindowList } from './window-list.tsx'

const HOME_ZOOM = 11.5
const DAY_HOURS = 24

/** The points of a filter, read anew at each news. */
function usePoints(wish: string) {
  const [state, setState] = useState<{ points?: MapPoints; problem?: unknown }>({})
  const refresh = useCallback(async (): Promise<string | undefined> => {
    try {
      const points = await readMap(JSON.parse(wish))
      setState({ points })
      return points.since
    } catch (problem) {
      setState((before) => ({ ...before, problem }))
      return undefined
    }
  }, [wish])
  useEffect(() => keepLive(refresh, () => undefined), [refresh])
  return { ...state, refresh }
}

const inWords = (count: number) => new Intl.NumberFormat(currentLanguage()).format(count)

/** From one hour back to a day; the right end is everything. */
function HoursSlider({ hours, onChange }: { hours: number; onChange: (hours: number) => void }) {
  const id = useId()
  const words =
    hours > DAY_HOURS ? t('console:map.all_times') : t('console:map.hours', { count: hours })
  return (
    <div class="desk-hours">
      <label for={id}>{words}</label>
      <input
        id={id}
        type="range"
        min="1"
        max={DAY_HOURS + 1}
        value={hours}
        aria-valuetext={words}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
    </div>
  )
}

/** Where cases stand: marks that count them, the last hours by a slider, and the cases of the window as a list. */
export function MapPage() {
  const { filters, setFilter } = useFilters()
  const [hours, setHours] = useState(DAY_HOURS + 1)
  const [bbox, setBox] = useState<string>()
  const { points, problem, refresh } = usePoints(JSON.stringify(filters))
  const [facts] = useLoad('app', appFacts)
  const home = facts.state === 'ready' ? facts.data.homeUnitCode : ''
  const areas = useAreas(home)
  const [prepared, setPrepared] = useState<ReturnType<typeof prepare>>()
  useEffect(() => setPrepared(points && prepare(points)), [points])
  const middle = areas.units.find(({ code }) => code === home)
  const all = filters.scope === 'all'
  return (
    <div class="stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:map.title')}</h1>
      <FilterBar view={all ? 'all' : 'open'} sources={[]} filters={filters} setFilter={setFilter} />
      <div class="desk-map-line">
        <HoursSlider hours={hours} onChange={setHours} />
        <label class="check">
          <input
            type="checkbox"
            checked={all}
            onChange={() => setFilter('scope', all ? '' : 'all')}
          />
          <span>{t('console:map.ended_too')}</span>
        </label>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void refresh()} />}
      {points?.hasMore && (
        <Notice>
          <p>{t('console:map.more', { count: inWords(points.lng.length) })}</p>
        </Notice>
      )}
      {prepared === undefined || middle === undefined ? (
        problem === undefined && <Skeleton rows={5} />
      ) : (
        <CaseMap
          areas={areas}
          homeCode={home}
          tilesUrl={facts.state === 'ready' ? facts.data.tilesUrl : null}
          start={{ lng: middle.lng, lat: middle.lat, zoom: HOME_ZOOM }}
          points={prepared}
          hours={hours > DAY_HOURS ? undefined : hours}
          onSettled={(view, size) => setBox(boxText(boxOf(view, size)))}
        />
      )}
      {points && (
        <p class="muted small" role="status">
          {t('console:map.count', { count: points.lng.length })} ·{' '}
          {formatDateTime(new Date(points.at))}
        </p>
      )}
      {bbox !== undefined && (
        <>
          <WindowList view={all ? 'all' : 'open'} filters={{ ...filters, bbox }} />
          <Link href={pathWith(all ? '/all' : '/open', { ...filters, scope: '', bbox })}>
            {t('console:map.whole_list')}
          </Link>
        </>
      )}
    </div>
  )
}
