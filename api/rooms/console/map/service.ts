import type { Ctx } from '../../../context.ts'
import { round } from '../../../core/geo.ts'
import { localDate } from '../../../core/time.ts'
import { encodeEventCursor, findHead } from '../../../db/events.ts'
import { parseInput } from '../../../http/kit.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import { LATE, type MapPoints, MapQuery, URGENT } from './schema.ts'
import { listPoints } from './store.ts'

/** As many as a phone draws without stutter. */
const MOST = 50_000
/** About a metre. */
const DECIMALS = 5
const MINUTE_MS = 60_000

/**
 * Where cases stand, as far as the own rights reach; nothing else of them. Throws `http.unauthenticated`,
 * `http.forbidden`, `http.invalid_input`.
 */
export async function readMap(ctx: Ctx, input: unknown): Promise<MapPoints> {
  requireCan(ctx, 'incidents.read_desk')
  const { scope, ...filter } = parseInput(MapQuery, input)
  const since = encodeEventCursor(await findHead(ctx.db))
  const now = ctx.now()
  const rows = await listPoints(ctx.db, {
    ...{ scope, filter, today: localDate(now) },
    reach: reachOf(ctx.actor, 'incidents.read_desk'),
    limit: MOST + 1,
  })
  const shown = rows.slice(0, MOST)
  return {
    at: now.toISOString(),
    since,
    hasMore: rows.length > MOST,
    lng: shown.map((row) => round(row.lng ?? 0, DECIMALS)),
    lat: shown.map((row) => round(row.lat ?? 0, DECIMALS)),
    minutes: shown.map((row) =>
      Math.max(0, Math.floor((now.getTime() - Date.parse(row.createdAt)) / MINUTE_MS)),
    ),
    flags: shown.map((row) => (row.urgency === 'urgent' ? URGENT : 0) + (row.isLate ? LATE : 0)),
  }
}
