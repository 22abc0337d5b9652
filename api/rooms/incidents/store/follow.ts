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
