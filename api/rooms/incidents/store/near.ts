import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { boxAround, type LngLat } from '../../../core/geo.ts'
import { EXACT_SOURCES, type PlaceOf } from '../policy/repeat.ts'
import { OPEN_STATES, PUBLIC_STATES } from '../policy/table.ts'
import type { State } from '../schema.ts'
import { asRow, type IncidentRow } from './cases.ts'
import { isNear } from './place.ts'

const OPEN_TO_ALL = PUBLIC_STATES.filter((s) => (OPEN_STATES as readonly State[]).includes(s))
/** Written out, because the index `incident_similar` holds these states alone. */
const isOpenToAll = sql<boolean>`state in (${sql.join(OPEN_TO_ALL.map((state) => sql.lit(state)))})`
const LEFT: readonly State[] = ['refused', 'duplicate', 'withdrawn']

export type Matter = { category: string; kind: string | null }
/** Around a point, in a hamlet, or (knowing no more) anywhere in a unit. */
export type Where = { at: LngLat; radiusM: number } | { hamletId: string } | { unitCode: string }

/** Open cases of the same matter there that the public may see, newest first. */
export async function findSimilar(
  db: Db,
  query: { matter: Matter; where: Where; since: Date; limit: number },
): Promise<IncidentRow[]> {
  const { matter, where, since, limit } = query
  const { kind } = matter
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where('category', '=', matter.category)
    .where(isOpenToAll)
    .where('createdAt', '>=', since.toISOString())
    .$if(kind !== null, (qb) =>
      qb.where((eb) => eb.or([eb('kind', '=', kind ?? ''), eb('kind', 'is', null)])),
    )
    .where((eb) =>
      'at' in where
        ? isNear(eb, where)
        : 'hamletId' in where
          ? eb('hamletId', '=', where.hamletId)
          : eb('unitCode', '=', where.unitCode),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asRow)
}

/** What tells whether an earlier case is the same matter at the same place. */
export type EarlierRow = PlaceOf & { id: string; kind: string | null }

/** Earlier cases of the same matter around an exact point, or in a hamlet or unit to compare words; newest first. */
export async function findEarlier(
  db: Db,
  query: { matter: Matter; where: Where; beforeId: string; since: Date; limit: number },
): Promise<EarlierRow[]> {
  const { matter, where, beforeId, since, limit } = query
  const { kind } = matter
  return db
    .selectFrom('incident')
    .select(['id', 'kind', 'lng', 'lat', 'placeSource', 'placeText', 'hamletId', 'unitCode'])
    .where('category', '=', matter.category)
    .where('state', 'not in', LEFT)
    .where('id', '<', beforeId)
    .where('createdAt', '>=', since.toISOString())
    .$if(kind !== null, (qb) =>
      qb.where((eb) => eb.or([eb('kind', '=', kind ?? ''), eb('kind', 'is', null)])),
    )
    .where((eb) => {
      if ('hamletId' in where) return eb('hamletId', '=', where.hamletId)
      if ('unitCode' in where) return eb('unitCode', '=', where.unitCode)
      const box = boxAround(where.at, where.radiusM)
      return eb.and([
        eb('placeSource', 'in', EXACT_SOURCES),
        eb('lng', '>=', box.west),
        eb('lng', '<=', box.east),
        eb('lat', '>=', box.south),
        eb('lat', '<=', box.north),
      ])
    })
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function insertRepeats(
  db: Db,
  incidentId: string,
  earlierIds: readonly string[],
): Promise<void> {
  if (earlierIds.length === 0) return
  // One statement however many, so that it is planned once.
  await sql`
    insert into incident_repeat (incident_id, earlier_id)
    select ${incidentId}::uuid, unnest(${earlierIds}::uuid[]) on conflict do nothing`.execute(db)
}
