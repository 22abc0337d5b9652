import './map.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { appFacts } from '../../shared/app-facts.ts'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { categoryName, stateLabel } from '../../shared/words.ts'
import { CategoryIcon, Icon } from '../../ui/icons.tsx'
import type { CaseMark } from './calls.ts'
import { type Cluster, clusterMarks } from './cluster.ts'
import { Paper } from './paper.tsx'
import { type Size, toPixel, toSpot, worldPx, zoomAt } from './projection.ts'
import { clampZoom, type MapView } from './state.ts'
import type { Areas } from './use-areas.ts'
import { useGestures, useSize } from './use-frame.ts'
import { ZoomButtons } from './zoom-buttons.tsx'

/** From here on the home unit's hamlets are named. */
const HAMLET_ZOOM = 12.5
const CLUSTER_ZOOM = 2
/** As near as it gets: what still stands together stands at one place. */
const NEAREST_ZOOM = 16
const SETTLED_MS = 250

type MapProps = {
  areas: Areas
  homeCode: string
  /** The view that the address names; another one moves the map there. */
  view: MapView
  marks: readonly CaseMark[]
  /** Where the reader stands, when they said so. */
  me?: { lng: number; lat: number }
  /** Called when the map came to rest. */
  onSettled: (view: MapView, size: Size) => void
  /** Marks at one place, to be listed. */
  onPick: (marks: readonly CaseMark[]) => void
  onMe: () => void
}

function labelOf({ marks, count, late }: Cluster<CaseMark>): string {
  const [only] = marks
  if (count === 1 && only?.category && only.state)
    return [categoryName(only.category), stateLabel(only.state), late ? t('miniapp:case.late') : '']
      .filter(Boolean)
      .join(', ')
  return late > 0
    ? t('screens:map.cluster_late', { count, late })
    : t('screens:map.cluster', { count })
}

type MarkProps = { cluster: Cluster<CaseMark>; x: number; y: number; onPress: () => void }

function MarkButton({ cluster, x, y, onPress }: MarkProps) {
  const { count, late, marks } = cluster
  const [only] = marks
  return (
    <button
      type="button"
      class={`map-mark ${count > 1 ? 'many' : ''} ${late > 0 ? 'late' : ''}`}
      style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
      aria-label={labelOf(cluster)}
      onClick={onPress}
    >
      {count === 1 && only?.category ? <CategoryIcon category={only.category} /> : count}
    </button>
  )
}

/** The map's own view: follows the address, moves under the reader's hands, and tells when it rests. */
function useView(asked: MapView, size: Size | undefined, onSettled: MapProps['onSettled']) {
  const [view, setView] = useState(asked)
  const key = JSON.stringify(asked)
  useEffect(() => setView(asked), [key])
  const told = useRef(onSettled)
  told.current = onSettled
  useEffect(() => {
    if (size === undefined) return
    const timer = setTimeout(() => told.current(view, size), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [view, size])
  return [view, setView] as const
}

/** Cases on a map without a library: drag, pinch, wheel, arrow keys, plus and minus, and buttons for all of it. */
export function CaseMap({
  areas,
  homeCode,
  view: asked,
  marks,
  me,
  onSettled,
  onPick,
  onMe,
}: MapProps) {
  const frame = useRef<HTMLDivElement>(null)
  const size = useSize(frame)
  const [view, setView] = useView(asked, size, onSettled)
  useGestures(frame, size, setView)
  const [facts] = useLoad('app', appFacts)
  const tilesUrl = facts.state === 'ready' ? facts.data.tilesUrl : null
  const scale = worldPx(view.zoom)
  const clusters = clusterMarks(marks, ({ lng, lat }) => {
    const { x, y } = toSpot(lng, lat)
    return { x: x * scale, y: y * scale }
  })
  const press = ({ at, marks: inside }: Cluster<CaseMark>) => {
    const isOne = inside.length === 1 && inside[0]?.code !== undefined
    if (isOne || view.zoom >= NEAREST_ZOOM) return onPick(inside)
    if (size === undefined) return
    const middle = toPixel({ x: at.x / scale, y: at.y / scale }, view, size)
    setView((old) => zoomAt(old, clampZoom(old.zoom + CLUSTER_ZOOM), middle, size))
  }
  const place = (lng: number, lat: number) =>
    size === undefined ? undefined : toPixel(toSpot(lng, lat), view, size)
  const here = me && place(me.lng, me.lat)
  const shown = view.zoom >= HAMLET_ZOOM ? [...areas.units, ...areas.hamlets] : areas.units
  return (
    <div class="map">
      <div
        class="map-frame"
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, plus and minus zoom it.
        tabIndex={0}
        aria-label={t('screens:map.label')}
      >
        {size && (
          <>
            <Paper areas={shown} homeCode={homeCode} view={view} size={size} tilesUrl={tilesUrl} />
            {here && (
              <span
                class="map-me"
                style={{ transform: `translate(${here.x}px, ${here.y}px) translate(-50%, -50%)` }}
              />
            )}
            {clusters.flatMap((cluster) => {
              const { x, y } = toPixel(
                { x: cluster.at.x / scale, y: cluster.at.y / scale },
                view,
                size,
              )
              const isInside = x > 0 && y > 0 && x < size.width && y < size.height
              return isInside
                ? [
                    <MarkButton
                      key={cluster.key}
                      cluster={cluster}
                      x={x}
                      y={y}
                      onPress={() => press(cluster)}
                    />,
                  ]
                : []
            })}
          </>
        )}
      </div>
      <ZoomButtons
        size={size}
        setView={setView}
        nearer={t('screens:map.nearer')}
        farther={t('screens:map.farther')}
      >
        <button type="button" class="map-button" aria-label={t('miniapp:near.ask')} onClick={onMe}>
          <Icon name="target" />
        </button>
      </ZoomButtons>
    </div>
  )
}
