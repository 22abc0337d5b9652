import { type Size, type Spot, TILE_PX, toPixel, toSpot, worldPx } from './projection.ts'
import type { MapView } from './state.ts'

/** One unit to draw: its name at its middle, and its shape where one was imported. */
export type Area = { code: string; name: string; lng: number; lat: number; shape?: string }

/** Shapes are drawn around this corner in millionths of the world, so that small numbers keep their precision. */
const ORIGIN = toSpot(107.5, 16.4)
const UNIT = 1e-6
const LABEL_HEIGHT_PX = 18
const LETTER_PX = 7.5
const MAX_TILE_ZOOM = 18

const inUnits = ({ x, y }: Spot) =>
  `${((x - ORIGIN.x) / UNIT).toFixed(2)} ${((y - ORIGIN.y) / UNIT).toFixed(2)}`

/** A shape (GeoJSON MultiPolygon) as the path of an SVG, made once. */
export const pathOf = (polygons: readonly number[][][][]): string =>
  polygons
    .flat()
    .map((ring) => `M${ring.map(([lng = 0, lat = 0]) => inUnits(toSpot(lng, lat))).join('L')}Z`)
    .join('')

type Label = { key: string; text: string; at: Spot }

/** Names that fit beside each other; those nearest to the middle of the frame win. */
function labelsOf(areas: readonly Area[], view: MapView, size: Size): Label[] {
  const placed: Label[] = []
  const middle = { x: size.width / 2, y: size.height / 2 }
  const far = ({ at }: Label) => Math.hypot(at.x - middle.x, at.y - middle.y)
  const wide = ({ text }: Label) => text.length * LETTER_PX
  const labels = areas
    .map(({ code, name, lng, lat }) => ({
      key: code,
      text: name,
      at: toPixel(toSpot(lng, lat), view, size),
    }))
    .sort((a, b) => far(a) - far(b))
  for (const label of labels) {
    const { at } = label
    const isInside = at.x > 0 && at.y > 0 && at.x < size.width && at.y < size.height
    const isFree = placed.every(
      (other) =>
        Math.abs(other.at.y - at.y) > LABEL_HEIGHT_PX ||
        Math.abs(other.at.x - at.x) > (wide(other) + wide(label)) / 2,
    )
    if (isInside && isFree) placed.push(label)
  }
  return placed
}

function Tiles({ url, view, size }: { url: string; view: MapView; size: Size }) {
  const zoom = Math.min(MAX_TILE_ZOOM, Math.round(view.zoom))
  const side = TILE_PX * 2 ** (view.zoom - zoom)
  const count = 2 ** zoom
  const middle = toSpot(view.lng, view.lat)
  const left = middle.x * count - size.width / 2 / side
  const top = middle.y * count - size.height / 2 / side
  const range = (from: number, px: number) =>
    Array.from({ length: Math.ceil(px / side) + 1 }, (_, i) => Math.floor(from) + i)
  return (
    <>
      {range(top, size.height).flatMap((y) =>
        range(left, size.width).map((x) => (
          <img
            key={`${zoom}/${x}/${y}`}
            class="map-tile"
            alt=""
            src={url.replace('{z}', `${zoom}`).replace('{x}', `${x}`).replace('{y}', `${y}`)}
            style={{
              width: `${side}px`,
              height: `${side}px`,
              transform: `translate(${(x - left) * side}px, ${(y - top) * side}px)`,
            }}
          />
        )),
      )}
    </>
  )
}

type Props = {
  areas: readonly Area[]
  homeCode: string
  view: MapView
  size: Size
  tilesUrl: string | null
}

/** What lies under the marks: tiles where they are set up, shapes of units where they were imported, names always. */
export function Paper({ areas, homeCode, view, size, tilesUrl }: Props) {
  const corner = toPixel(ORIGIN, view, size)
  const scale = worldPx(view.zoom) * UNIT
  return (
    <>
      {tilesUrl && <Tiles url={tilesUrl} view={view} size={size} />}
      <svg class="map-paper" width={size.width} height={size.height} aria-hidden="true">
        <g transform={`translate(${corner.x} ${corner.y}) scale(${scale})`}>
          {areas.map(
            ({ code, shape }) =>
              shape && (
                <path
                  key={code}
                  class={code === homeCode ? 'map-unit home' : 'map-unit'}
                  d={shape}
                  vector-effect="non-scaling-stroke"
                />
              ),
          )}
        </g>
        {labelsOf(areas, view, size).map(({ key, text, at }) => (
          <text
            key={key}
            class={key === homeCode ? 'map-name home' : 'map-name'}
            x={at.x}
            y={at.y}
            text-anchor="middle"
          >
            {text}
          </text>
        ))}
      </svg>
    </>
  )
}
