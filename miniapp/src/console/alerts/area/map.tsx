import '../../../pages/near/map.css'
import './area.css'
import { useRef, useState } from 'preact/hooks'
import type { LngLat } from '../../../../../api/core/geo.ts'
import { Paper } from '../../../pages/near/paper.tsx'
import {
  moveBy,
  type Size,
  type Spot,
  toPixel,
  toSpot,
  worldPx,
} from '../../../pages/near/projection.ts'
import type { MapView } from '../../../pages/near/state.ts'
import { type Areas, useAreas } from '../../../pages/near/use-areas.ts'
import { useGestures, useSize } from '../../../pages/near/use-frame.ts'
import { ZoomButtons } from '../../../pages/near/zoom-buttons.tsx'
import { appFacts } from '../../../shared/app-facts.ts'
import { t } from '../../../shared/i18n.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { Skeleton } from '../../../ui/feedback.tsx'
import { cornersOf, roundPoint, type Shapes, withCircle, withCorner } from './shapes.ts'

const START_ZOOM = 11.5
const HAMLET_ZOOM = 12
/** Less than this is a press with an unsteady finger. */
const PRESS_PX = 6
/** Length of the equator in Web Mercator. */
const EQUATOR_KM = 40_075.017

type Edit = {
  /** Corners of a ring that is not closed yet. */
  open: readonly LngLat[]
  onTap: (at: LngLat) => void
  onClose: () => void
  onChange: (shapes: Shapes) => void
}
/** Without `edit` the area is only looked at. */
type Props = { unitCode: string; shapes: Shapes; edit?: Edit }

/** The map under the drawing; waits for the place of the commune. */
export function AreaMap(props: Props) {
  const areas = useAreas(props.unitCode)
  const [facts] = useLoad('app', appFacts)
  const middle = areas.units.find(({ code }) => code === props.unitCode)
  if (middle === undefined) return <Skeleton rows={4} />
  const [first] = [...props.shapes.polygons.flat(), ...props.shapes.circles.map((c) => c.center)]
  const { lng, lat } = first ?? middle
  const tilesUrl = facts.state === 'ready' ? facts.data.tilesUrl : null
  return (
    <DrawingMap
      {...props}
      areas={areas}
      tilesUrl={tilesUrl}
      start={{ lng, lat, zoom: START_ZOOM }}
    />
  )
}

type MapProps = Props & { areas: Areas; tilesUrl: string | null; start: MapView }

function DrawingMap({ areas, tilesUrl, start, unitCode, shapes, edit }: MapProps) {
  const frame = useRef<HTMLDivElement>(null)
  const pressed = useRef<Spot>(undefined)
  const size = useSize(frame)
  const [view, setView] = useState(start)
  useGestures(frame, size, setView)
  const spotOf = (event: MouseEvent): Spot => {
    const box = frame.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const pointAt = ({ x, y }: Spot, { width, height }: Size): LngLat =>
    roundPoint(moveBy(view, width / 2 - x, height / 2 - y))
  const press = (event: MouseEvent) => {
    const [from, at] = [pressed.current, spotOf(event)]
    if (size === undefined || from === undefined) return
    if (Math.hypot(from.x - at.x, from.y - at.y) <= PRESS_PX) edit?.onTap(pointAt(at, size))
  }
  const named = view.zoom >= HAMLET_ZOOM ? [...areas.units, ...areas.hamlets] : areas.units
  return (
    <div class={edit ? 'map area-map drawing' : 'map area-map'}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box of coordinates under the map draws by keyboard. */}
      <div
        class="map-frame"
        ref={frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, plus and minus zoom it.
        tabIndex={0}
        aria-label={t(edit ? 'desk:alerts.area.map' : 'desk:alerts.area.look')}
        onPointerDown={(event) => {
          pressed.current = spotOf(event)
        }}
        onClick={press}
      >
        {size && (
          <>
            <Paper areas={named} homeCode={unitCode} view={view} size={size} tilesUrl={tilesUrl} />
            <Drawn shapes={shapes} open={edit?.open ?? []} view={view} size={size} />
            {edit && (
              <Handles
                shapes={shapes}
                edit={edit}
                pixelOf={({ lng, lat }) => toPixel(toSpot(lng, lat), view, size)}
                pointOf={(event) => pointAt(spotOf(event), size)}
              />
            )}
          </>
        )}
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

type HandlesProps = {
  shapes: Shapes
  edit: Edit
  pixelOf: (at: LngLat) => Spot
  pointOf: (event: PointerEvent) => LngLat
}

/** Each corner and each middle, to drag; the first corner of an open ring, to close it. */
function Handles({ shapes, edit, pixelOf, pointOf }: HandlesProps) {
  const { open, onClose, onChange } = edit
  return (
    <>
      {shapes.polygons.flatMap((ring, r) =>
        cornersOf(ring).map((corner, c) => (
          <Handle
            key={`${r + 1}.${c + 1}`}
            at={pixelOf(corner)}
            onDrag={(event) => onChange(withCorner(shapes, r, c, pointOf(event)))}
          />
        )),
      )}
      {shapes.circles.map(({ center }, i) => (
        <Handle
          key={`o${i + 1}`}
          at={pixelOf(center)}
          onDrag={(event) => onChange(withCircle(shapes, i, { center: pointOf(event) }))}
        />
      ))}
      {open[0] && <Handle at={pixelOf(open[0])} onPress={onClose} />}
    </>
  )
}

type HandleProps = { at: Spot; onDrag?: (event: PointerEvent) => void; onPress?: () => void }

/** A corner or a middle under the finger; only for the hand: the box of coordinates is the way of the keyboard. */
function Handle({ at, onDrag, onPress }: HandleProps) {
  const isHeld = useRef(false)
  const end = () => {
    isHeld.current = false
  }
  return (
    <span
      class="area-handle"
      aria-hidden="true"
      style={{ transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)` }}
      onPointerDown={(event) => {
        // The map under it stays where it is.
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        isHeld.current = true
      }}
      onPointerMove={(event) => {
        if (isHeld.current) onDrag?.(event)
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onClick={(event) => {
        event.stopPropagation()
        onPress?.()
      }}
    />
  )
}

type DrawnProps = { shapes: Shapes; open: readonly LngLat[]; view: MapView; size: Size }

function Drawn({ shapes, open, view, size }: DrawnProps) {
  const pixels = (points: readonly LngLat[]) =>
    points
      .map(({ lng, lat }) => toPixel(toSpot(lng, lat), view, size))
      .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
      .join(' ')
  return (
    <svg class="map-paper" width={size.width} height={size.height} aria-hidden="true">
      {shapes.polygons.map((ring, i) => (
        <polygon key={`${i + 1}`} class="area-shape" points={pixels(ring)} />
      ))}
      {shapes.circles.map(({ center, radiusKm }, i) => {
        const { x, y } = toPixel(toSpot(center.lng, center.lat), view, size)
        const narrowing = Math.cos((center.lat * Math.PI) / 180)
        const radius = (radiusKm / (EQUATOR_KM * narrowing)) * worldPx(view.zoom)
        return <circle key={`${i + 1}`} class="area-shape" cx={x} cy={y} r={radius} />
      })}
      {open.length > 0 && <polyline class="area-open" points={pixels(open)} />}
    </svg>
  )
}
