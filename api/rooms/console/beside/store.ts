import type { Db } from '../../../context.ts'
import { boxAround, type LngLat } from '../../../core/geo.ts'
import type { Reach } from '../../identity/index.ts'
import { EXACT_SOURCES, MAX_REPEATS } from '../../incidents/index.ts'
import { within } from '../store.ts'

const MAX_NOTICES = 50
const MAX_AROUND = 20

/** The newest earlier cases of the same matter at the same place, oldest first, with what decides who may open them. */
export async function findRepeats(db: Db, incidentId: string) {
  const rows = await db
    .selectFrom('incidentRepeat')
    .innerJoin('incident', 'incident.id', 'incidentRepeat.earlierId')
    .select([
      'incident.id',
      'incident.publicCode',
      'incident.state',
      'incident.createdAt',
      'incident.unitCode',
      'incident.agencyCode',
      'incident.assigneeId',
    ])
    .where('incidentRepeat.incidentId', '=', incidentId)
    .orderBy('incident.id', 'desc')
    .limit(MAX_REPEATS)
    .execute()
  return rows.reverse()
}

/** What was put before whom in a case, oldest first, noticed or not. */
export async function findRaised(db: Db, incidentId: string) {
  return db
    .selectFrom('incidentAttention')
    .select(['id', 'kind', 'recipient', 'at'])
    .where('incidentId', '=', incidentId)
    .orderBy('id')
    .limit(MAX_NOTICES)
    .execute()
}

/** Other cases around a point, or without one in the same hamlet of the same category, newest first; within reach. */
export async function findAround(
  db: Db,
  query: {
    id: string
    reach: Reach
    since: Date
    where: { at: LngLat; radiusM: number } | { hamletId: string; category: string }
  },
) {
  const { id, reach, since, where } = query
  return db
    .selectFrom('incident')
    .select(['id', 'publicCode', 'category', 'state', 'createdAt', 'answerText', 'lng', 'lat'])
    .where('id', '<>', id)
    .where('createdAt', '>=', since.toISOString())
    .where((eb) => within(eb, reach))
    .where((eb) => {
      if ('hamletId' in where)
        return eb.and([eb('hamletId', '=', where.hamletId), eb('category', '=', where.category)])
      const box = boxAround(where.at, where.radiusM)
      return eb.and([
        eb('placeSource', 'in', EXACT_SOURCES),
        eb.between('lng', box.west, box.east),
        eb.between('lat', box.south, box.north),
      ])
    })
    .orderBy('id', 'desc')
    .limit(MAX_AROUND)
    .execute()
}
