import type { Box } from '../../../../api/core/geo.ts'
import type { MapPoints } from '../../../../api/rooms/console/index.ts'
import { type Size, toSpot, worldPx } from '../../pages/near/projection.ts'
import type { MapView } from '../../pages/near/state.ts'

/** Bits of a point, as the server names them. */
const URGENT = 1
const LATE = 2
/** As wide as a thumb: what lies in one square becomes one mark. */
const SQUARE_PX = 60
const KEY_STRIDE = 2 ** 25

/** Points in world squares of side 1, made once; typed arrays, because every move of the map walks all of them. */
export type Points = {
  count: number
  x: Float64Array
  y: Float64Array
  minutes: Float64Array
  flags: Uint8Array
}

export function prepare({ lng, lat, minutes, flags }: MapPoints): Points {
  const count = lng.length
  const [x, y] = [new Float64Array(count), new Float64Array(count)]
  for (let i = 0; i < count; i++) {
    const spot = toSpot(lng[i] ?? 0, lat[i] ?? 0)
    x[i] = spot.x
    y[i] = spot.y
  }
  return { count, x, y, minutes: Float64Array.from(minutes), flags: Uint8Array.from(flags) }
}

/** What stands in one square: where its middle lies on the frame, and how many. */
export type Mark = { x: number; y: number; count: number; late: number; urgent: number }

/**
 * The marks of a view: squares of a grid that is fixed to the ground, so that marks stay the same while the map moves.
 * `hours` leaves out what was received earlier.
 */
export function gather(points: Points, view: MapView, size: Size, hours?: number): Mark[] {
  const scale = worldPx(view.zoom)
  const middle = toSpot(view.lng, view.lat)
  const [left, top] = [middle.x - size.width / 2 / scale, middle.y - size.height / 2 / scale]
  const [right, bottom] = [left + size.width / scale, top + size.height / scale]
  const side = SQUARE_PX / worldPx(Math.round(view.zoom))
  const most = hours === undefined ? Number.POSITIVE_INFINITY : hours * 60
  const squares = new Map<number, Mark>()
  const { x, y, minutes, flags, count } = points
  for (let i = 0; i < count; i++) {
    const [px = 0, py = 0] = [x[i], y[i]]
    if (px < left || px > right || py < top || py > bottom || (minutes[i] ?? 0) > most) continue
    const [column, row] = [Math.floor(px / side), Math.floor(py / side)]
    const key = row * KEY_STRIDE + column
    const mark = squares.get(key) ?? { x: 0, y: 0, count: 0, late: 0, urgent: 0 }
    if (mark.count === 0) squares.set(key, mark)
    mark.x += px
    mark.y += py
    mark.count += 1
    const flag = flags[i] ?? 0
    if (flag & LATE) mark.late += 1
    if (flag & URGENT) mark.urgent += 1
  }
  // Between where its cases are and the middle of its square, so that neighbours keep apart.
  const place = (sum: number, count: number, square: number) =>
    count === 1 ? sum : (sum / count + (square + 0.5) * side) / 2
  return [...squares].map(([key, mark]) => ({
    ...mark,
    x: (place(mark.x, mark.count, key % KEY_STRIDE) - left) * scale,
    y: (place(mark.y, mark.count, Math.floor(key / KEY_STRIDE)) - top) * scale,
  }))
}

/** The mark under a press; undefined when it hit the ground. */
export function markAt(marks: readonly Mark[], x: number, y: number): Mark | undefined {
  const near = marks.filter((mark) => Math.hypot(mark.x - x, mark.y - y) <= SQUARE_PX / 2)
  const far = (mark: Mark) => Math.hypot(mark.x - x, mark.y - y)
  return near.sort((a, b) => far(a) - far(b))[0]
}

/** A box for the address of a list: steps of about ten metres, outwards. */
export const boxText = ({ west, south, east, north }: Box): string =>
  [
    Math.floor(west * 1e4) / 1e4,
    Math.floor(south * 1e4) / 1e4,
    Math.ceil(east * 1e4) / 1e4,
    Math.ceil(north * 1e4) / 1e4,
  ].join(',')
