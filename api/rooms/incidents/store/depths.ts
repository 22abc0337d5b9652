import type { Db } from '../../../context.ts'
import { EXACT_SOURCES } from '../policy/repeat.ts'

/** More than this in three hours says nothing new about a place. */
const AT_MOST = 5_000

export type DepthSaid = { depthCm: number; at: string; lng: number; lat: number }

/**
 * How deep people said the water was in reports since `since`, at an exact point, newest first: for counts and spreads,
 * never row by row to the outside. What was refused or withdrawn does not count.
 */
export async function listDepthsSaid(db: Db, since: Date): Promise<DepthSaid[]> {
  const rows = await db
    .selectFrom('incident')
    .select(['depthCm', 'createdAt', 'lng', 'lat'])
    .where('depthCm', 'is not', null)
    .where('placeSource', 'in', EXACT_SOURCES)
    .where('createdAt', '>=', since.toISOString())
    .where('state', 'not in', ['refused', 'withdrawn'])
    .orderBy('createdAt', 'desc')
    .limit(AT_MOST)
    .execute()
  return rows.flatMap(({ depthCm, createdAt, lng, lat }) =>
    depthCm === null || lng === null || lat === null ? [] : [{ depthCm, at: createdAt, lng, lat }],
  )
}
