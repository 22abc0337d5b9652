import { sql } from 'kysely'
import type { Db } from '../../../context.ts'

/** How many follow each case; cases that nobody follows are left out. */
export async function countFollowers(
  db: Db,
  incidentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('incidentFollow')
    .select((eb) => ['incidentId', eb.fn.countAll<number>().as('followers')])
    .where('incidentId', 'in', [...incidentIds])
    .groupBy('incidentId')
    .execute()
  return new Map(rows.map((row) => [row.incidentId, row.followers]))
}

/** False when they follow it already. */
export async function insertFollow(
  db: Db,
  row: { incidentId: string; residentId: string; since: Date },
): Promise<boolean> {
  const result = await db
    .insertInto('incidentFollow')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** False when they did not follow it. */
export async function deleteFollow(
  db: Db,
  { incidentId, residentId }: { incidentId: string; residentId: string },
): Promise<boolean> {
  const result = await db
    .deleteFrom('incidentFollow')
    .where('incidentId', '=', incidentId)
    .where('residentId', '=', residentId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** People who follow a case, the longest first. */
export async function findFollowers(db: Db, incidentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('incidentFollow')
    .select('residentId')
    .where('incidentId', '=', incidentId)
    .orderBy('since')
    .orderBy('residentId')
    .execute()
  return rows.map((row) => row.residentId)
}

/** Moves followers of a merged case to the one that goes on, with its sender; who reported that one follows anyway. */
export async function moveFollowers(
  db: Db,
  merge: { fromId: string; intoId: string; reporterId: string | null; now: Date },
): Promise<void> {
  const { fromId, intoId, reporterId, now } = merge
  await sql`
    insert into incident_follow (incident_id, resident_id, since)
    select ${intoId}::uuid, moved.resident_id, moved.since from (
      select resident_id, since from incident_follow where incident_id = ${fromId}::uuid
      union
      select r.id, ${now}::timestamptz from resident r where r.id = ${reporterId}::uuid
    ) moved
    where moved.resident_id is distinct from
      (select reporter_id from incident where id = ${intoId}::uuid)
    on conflict do nothing`.execute(db)
  await db.deleteFrom('incidentFollow').where('incidentId', '=', fromId).execute()
}

/** Cases that were merged into one that is merged itself point to the last. */
export async function repointDuplicates(db: Db, fromId: string, intoId: string): Promise<void> {
  await db
    .updateTable('incident')
    .set({ duplicateOfId: intoId })
    .where('duplicateOfId', '=', fromId)
    .execute()
}

export async function isFollower(db: Db, incidentId: string, residentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('incidentFollow')
    .select('incidentId')
    .where('incidentId', '=', incidentId)
    .where('residentId', '=', residentId)
    .executeTakeFirst()
  return row !== undefined
}
