import type { Ctx } from '../../../context.ts'
import { type Box, round } from '../../../core/geo.ts'
import { addDays, localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { isLate } from '../policy/public.ts'
import { publicState } from '../policy/table.ts'
import { MapWindow } from '../schema.ts'
import { CELL } from '../store/place.ts'
import { parseBox, toFilter } from './filter.ts'
import { type CellCount, countByCell, listOnMap, type MapRow } from './store.ts'

/** Far views count what is recent, unless they say since when. */
const GRID_DAYS = 90

const dayOf = (at: string | null) => (at === null ? null : localDate(new Date(at)))

/** One case on the map: what a pin and its first line need, nothing that was written. */
function toFeature(row: MapRow, today: string) {
  const { state, dueDate } = row
  const late = isLate({ state, dueDate, answeredOn: dayOf(row.answeredAt) }, today)
  return {
    type: 'Feature',
    id: row.publicCode,
    geometry: { type: 'Point', coordinates: [round(row.publicLng, 6), round(row.publicLat, 6)] },
    properties: {
      code: row.publicCode,
      category: row.category,
      ...(row.kind === null ? {} : { kind: row.kind }),
      state: publicState(state),
      ...(row.urgency === 'urgent' ? { urgent: true } : {}),
      late,
      date: dayOf(row.createdAt),
      ...(dueDate === null ? {} : { due: dueDate }),
    },
  }
}

/** A square of 0.01°, shown at its middle. */
const toSquare = ({ geocell, cases, late }: CellCount) => ({
  type: 'Feature',
  id: geocell,
  geometry: {
    type: 'Point',
    coordinates: [
      round(((geocell % 100_000) + 0.5) / 100, 3),
      round((Math.floor(geocell / 100_000) + 0.5) / 100, 3),
    ],
  },
  properties: { cases, late },
})

/**
 * What a window is, whatever order or precision it was asked in: maps ask for the same one again and again. Squares are
 * the same for every window that touches the same ones.
 */
export function windowKey(window: MapWindow): string {
  const { west, south, east, north } = parseBox(window.bbox)
  const isGrid = window.grid === 'true'
  const { bbox: _, ...rest } = window
  return JSON.stringify([
    [west, south, east, north].map((degrees) =>
      isGrid ? Math.floor(degrees / CELL) : round(degrees, 4),
    ),
    Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
  ])
}

/**
 * A map window as GeoJSON text (RFC 7946): the newest public cases, or counts by squares with `grid`. `hasMore` says
 * that the window holds more than `limit`. Throws `http.invalid_input`.
 */
export async function mapWindow(ctx: Ctx, input: unknown): Promise<string> {
  const window = parseInput(MapWindow, input)
  const today = localDate(ctx.now())
  const box: Box = parseBox(window.bbox)
  const filter = { ...toFilter(window, today), box }
  const demo = ctx.settings.isDemo ? { demo: true } : {}
  if (window.grid === 'true') {
    const since = window.since ?? addDays(today, -GRID_DAYS)
    const cells = await countByCell(ctx.db, { ...filter, since })
    const features = cells.map(toSquare)
    return JSON.stringify({ type: 'FeatureCollection', ...demo, hasMore: false, features })
  }
  const rows = await listOnMap(ctx.db, filter, window.limit)
  return JSON.stringify({
    type: 'FeatureCollection',
    ...demo,
    hasMore: rows.length > window.limit,
    features: rows.slice(0, window.limit).map((row) => toFeature(row, today)),
  })
}
