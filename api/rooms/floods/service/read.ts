import type { Ctx } from '../../../context.ts'
import { distanceM } from '../../../core/geo.ts'
import { fullName, unitByCode } from '../../areas/index.ts'
import { type DepthSaid, listDepthsSaid } from '../../incidents/index.ts'
import {
  FRESH_MS,
  isFlooded,
  markOf,
  OFFICIAL_FRESH_MS,
  type Said,
  spreadOf,
} from '../policy/depth.ts'
import type { FloodPoint } from '../schema.ts'
import { findDepths, findPoints, type PointRow } from '../store.ts'

/** A report about water so near a point is about it. */
const NEAR_M = 150

type Heard = { ofPoint: Awaited<ReturnType<typeof findDepths>>; ofReports: readonly DepthSaid[] }

/** What people said of the water since three hours ago, wherever they said it. */
async function hear(ctx: Ctx): Promise<Heard> {
  const since = new Date(ctx.now().getTime() - FRESH_MS)
  return {
    ofPoint: await findDepths(ctx.db, since),
    ofReports: await listDepthsSaid(ctx.db, since),
  }
}

/** The point, as everybody may read it. */
export type Read = { row: PointRow; view: FloodPoint }

function viewOf(row: PointRow, heard: Heard, now: Date): FloodPoint {
  const said: Said[] = [
    ...heard.ofPoint
      .filter(({ pointId }) => pointId === row.id)
      .map(({ depthCm, saidAt }) => ({ depthCm, at: new Date(saidAt) })),
    ...heard.ofReports
      .filter((report) => distanceM(report, row) <= NEAR_M)
      .map(({ depthCm, at }) => ({ depthCm, at: new Date(at) })),
  ]
  const spread = spreadOf(said, now)
  const { depthCm, measuredAt, source } = row
  const official =
    depthCm === null || measuredAt === null || source === null
      ? null
      : {
          cm: depthCm,
          mark: markOf(depthCm),
          ...{ measuredAt, source },
          isOld: now.getTime() - Date.parse(measuredAt) > OFFICIAL_FRESH_MS,
        }
  const residents =
    spread === undefined
      ? null
      : { ...spread, mark: markOf(spread.medianCm), lastAt: spread.lastAt.toISOString() }
  const unit = unitByCode(row.unitCode)
  const { id, name, unitCode, lng, lat, road, roadAt } = row
  return {
    ...{ id, name, unitCode, lng, lat, road, roadAt, official, residents },
    unit: unit === undefined ? unitCode : fullName(unit),
    isFlooded: isFlooded({ road, official, residents }),
  }
}

/** The deepest that is known now; for the order of a list. */
const depthNow = ({ official, residents }: FloodPoint): number =>
  Math.max(official === null || official.isOld ? 0 : official.cm, residents?.medianCm ?? 0)

const byDepth = (a: Read, b: Read): number =>
  Number(b.view.isFlooded) - Number(a.view.isFlooded) ||
  depthNow(b.view) - depthNow(a.view) ||
  a.view.name.localeCompare(b.view.name, 'vi')

/** Points that are watched, of a unit or all, those under water first and the deepest of them at the top. */
export async function readPoints(ctx: Ctx, unitCode?: string): Promise<Read[]> {
  const rows = await findPoints(ctx.db, unitCode)
  if (rows.length === 0) return []
  const heard = await hear(ctx)
  return rows.map((row) => ({ row, view: viewOf(row, heard, ctx.now()) })).sort(byDepth)
}

/** Public; also what the console begins from. */
export async function listFloodPoints(ctx: Ctx, unitCode?: string): Promise<FloodPoint[]> {
  return (await readPoints(ctx, unitCode)).map(({ view }) => view)
}

/** GeoJSON text (RFC 7946) of the same. */
export async function floodGeoJson(ctx: Ctx, unitCode?: string): Promise<string> {
  const points = await listFloodPoints(ctx, unitCode)
  return JSON.stringify({
    type: 'FeatureCollection',
    ...(ctx.settings.isDemo ? { demo: true } : {}),
    features: points.map(({ id, lng, lat, ...properties }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties,
    })),
  })
}
