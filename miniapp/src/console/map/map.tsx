import '../../pages/near/map.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Paper } from '../../pages/near/paper.tsx'
import { type Size, zoomAt } from '../../pages/near/projection.ts'
import { clampZoom, type MapView } from '../../pages/near/state.ts'
import type { Areas } from '../../pages/near/use-areas.ts'
import { useGestures, useSize } from '../../pages/near/use-frame.ts'
import { ZoomButtons } from '../../pages/near/zoom-buttons.tsx'
import { t } from '../../shared/i18n.ts'
import { coloursOf, drawMarks } from './draw.ts'
import { gather, type Mark, markAt, type Points } from './points.ts'

const HAMLET_ZOOM = 12.5
const STEP_IN = 2
/** As near as it gets: what still stands together is shown as a list. */
const NEAREST_ZOOM = 16
const SETTLED_MS = 250
/** Less than this is a press with an unsteady finger. */
const PRESS_PX = 6

type MapProps = {
  areas: Areas
  homeCode: string
  tilesUrl: string | null
  start: MapView
  points: Points
  /** Only what was received in so many hours; undefined: all. */
  hours: number | undefined
  /** Called when the map came to rest. */
  onSettled: (view: MapView, size: Size) => void
}

/**
 * Cases on a map, drawn on one canvas: drag, pinch, wheel, arrow keys, plus and minus, and buttons for the zoom. A press
 * on a mark goes nearer; the list under the map tells the same without it.
 */
export function CaseMap({ areas, homeCode, tilesUrl, start, points, hours, onSettled }: MapProps) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const marks = useRef<readonly Mark[]>([])
  const pressed = useRef<{ x: number; y: number }>(undefined)
  const size = useSize(frame)
  const [view, setView] = useState(start)
  useGestures(frame, size, setView)
  useEffect(() => {
    if (size === undefined || canvas.current === null) return
    marks.current = gather(points, view, size, hours)
    drawMarks(canvas.current, marks.current, size, coloursOf(canvas.current))
  }, [points, view, size, hours])
  const settled = useRef(onSettled)
  settled.current = onSettled
  useEffect(() => {
    if (size === undefined) return
    const timer = setTimeout(() => settled.current(view, size), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [view, size])
  const zoomTo = (zoom: number, at: { x: number; y: number }) => {
    if (size !== undefined) setView((old) => zoomAt(old, clampZoom(zoom), at, size))
  }
  const place = (event: MouseEvent) => {
    const box = frame.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const press = (event: MouseEvent) => {
    const [from, at] = [pressed.current, place(event)]
    if (from === undefined || Math.hypot(from.x - at.x, from.y - at.y) > PRESS_PX) return
    const mark = markAt(marks.current, at.x, at.y)
    if (mark !== undefined && view.zoom < NEAREST_ZOOM)
      zoomTo(mark.count === 1 ? NEAREST_ZOOM : view.zoom + STEP_IN, mark)
  }
  const shown = view.zoom >= HAMLET_ZOOM ? [...areas.units, ...areas.hamlets] : areas.units
  return (
    <div class="map desk-map">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: plus and minus go nearer by keyboard. */}
      <div
        class="map-frame"
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, plus and minus zoom it.
        tabIndex={0}
        aria-label={t('console:map.label')}
        onPointerDown={(event) => {
          pressed.current = place(event)
        }}
        onClick={press}
      >
        {size && (
          <Paper areas={shown} homeCode={homeCode} view={view} size={size} tilesUrl={tilesUrl} />
        )}
        <canvas ref={canvas} class="desk-map-marks" />
      </div>
      <ZoomButtons
        size={size}
        setView={setView}
        nearer={t('console:map.nearer')}
        farther={t('console:map.farther')}
      />
    </div>
  )
}
