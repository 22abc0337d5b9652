import { type Selectable, sql } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'

export type PointRow = Selectable<Database['floodPoint']>

/** Points that are watched, those of a unit or all. */
export async function findPoints(db: Db, unitCode?: string): Promise<PointRow[]> {
  return db
    .selectFrom('floodPoint')
    .selectAll()
    .where('closedAt', 'is', null)
    .$if(unitCode !== undefined, (qb) => qb.where('unitCode', '=', unitCode ?? ''))
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export async function findPoint(db: Db, id: string): Promise<PointRow | undefined> {
  return db.selectFrom('floodPoint').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockPoint(db: Db, id: string): Promise<PointRow | undefined> {
  return db.selectFrom('floodPoint').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

type NewPoint = Omit<PointRow, 'version' | 'closedAt' | 'createdAt' | 'updatedAt'>

export async function insertPoint(db: Db, row: NewPoint, now: Date): Promise<void> {
  await db
    .insertInto('floodPoint')
    .values({ ...row, createdAt: now, updatedAt: now })
    .execute()
}

export async function savePoint(
  db: Db,
  id: string,
  changed: Partial<Omit<PointRow, 'id' | 'version' | 'closedAt'>> & { closedAt?: Date },
  now: Date,
): Promise<void> {
  await db
    .updateTable('floodPoint')
    .set({ ...changed, version: sql<number>`version + 1`, updatedAt: now })
    .where('id', '=', id)
    .execute()
}

/** The last word of a person about a point. */
export async function saveDepth(
  db: Db,
  row: { pointId: string; sayerHash: string; depthCm: number; saidAt: Date },
): Promise<void> {
  const { depthCm, saidAt } = row
  await db
    .insertInto('floodDepth')
    .values(row)
    .onConflict((oc) => oc.columns(['pointId', 'sayerHash']).doUpdateSet({ depthCm, saidAt }))
    .execute()
}

export async function findDepths(
  db: Db,
  since: Date,
): Promise<{ pointId: string; depthCm: number; saidAt: string }[]> {
  return db
    .selectFrom('floodDepth')
    .select(['pointId', 'depthCm', 'saidAt'])
    .where('saidAt', '>=', since.toISOString())
    .execute()
}

export async function deleteDepths(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('floodDepth')
    .where('saidAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
