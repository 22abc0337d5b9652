import '../near/map.css'
import { useRef, useState } from 'preact/hooks'
import type { Point } from '../../resident/flood-calls.ts'
import { appFacts } from '../../shared/app-facts.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { Skeleton } from '../../ui/feedback.tsx'
import { Paper } from '../near/paper.tsx'
import { toPixel, toSpot } from '../near/projection.ts'
import type { MapView } from '../near/state.ts'
import { useAreas } from '../near/use-areas.ts'
import { useGestures, useSize } from '../near/use-frame.ts'
import { ZoomButtons } from '../near/zoom-buttons.tsx'
import { drawnCm, roadText } from './words.ts'

const START_ZOOM = 12
const HAMLET_ZOOM = 12.5

/** Where the list is, seen at once: a mark a point with its depth in cm, which leads to its card. */
export function FloodMap({ points }: { points: readonly Point[] }) {
  const [facts] = useLoad('app', appFacts)
  const [first] = points
  if (facts.state !== 'ready' || first === undefined) return <Skeleton rows={3} />
  const { homeUnitCode, tilesUrl } = facts.data
  const start = { lng: first.lng, lat: first.lat, zoom: START_ZOOM }
  return <PointsMap points={points} homeCode={homeUnitCode} tilesUrl={tilesUrl} start={start} />
}

type MapProps = {
  points: readonly Point[]
  homeCode: string
  tilesUrl: string | null
  start: MapView
}

function PointsMap({ points, homeCode, tilesUrl, start }: MapProps) {
  const areas = useAreas(homeCode)
  const frame = useRef<HTMLDivElement>(null)
  const size = useSize(frame)
  const [view, setView] = useState(start)
  useGestures(frame, size, setView)
  const named = view.zoom >= HAMLET_ZOOM ? [...areas.units, ...areas.hamlets] : areas.units
  return (
    <div class="map">
      <div
        class="map-frame"
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, plus and minus zoom it.
        tabIndex={0}
        aria-label={t('screens:flood.map_label')}
      >
        {size && (
          <>
            <Paper areas={named} homeCode={homeCode} view={view} size={size} tilesUrl={tilesUrl} />
            {points.map((point) => {
              const { x, y } = toPixel(toSpot(point.lng, point.lat), view, size)
              const isInside = x > 0 && y > 0 && x < size.width && y < size.height
              return isInside ? <PointMark key={point.id} point={point} x={x} y={y} /> : null
            })}
          </>
        )}
      </div>
      <ZoomButtons
        size={size}
        setView={setView}
        nearer={t('screens:map.nearer')}
        farther={t('screens:map.farther')}
      />
    </div>
  )
}

function PointMark({ point, x, y }: { point: Point; x: number; y: number }) {
  const cm = drawnCm(point)
  const depth = cm === undefined ? '' : t('screens:flood.map_depth', { cm })
  return (
    <button
      type="button"
      class={`map-mark flood-mark ${point.road} ${point.isFlooded ? 'wet' : ''}`}
      style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
      aria-label={[point.name, roadText(point), depth].filter(Boolean).join(', ')}
      onClick={() => {
        const card = document.getElementById(cardId(point))
        card?.scrollIntoView({ block: 'start' })
        card?.focus({ preventScroll: true })
      }}
    >
      {cm ?? '–'}
    </button>
  )
}

export const cardId = ({ id }: Pick<Point, 'id'>): string => `point-${id}`
