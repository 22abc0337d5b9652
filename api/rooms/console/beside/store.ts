import type { Db } from '../../../context.ts'

/** More of them at one place tell nothing new. */
const MAX_REPEATS = 50
const MAX_NOTICES = 50

/** Earlier cases of the same matter at the same place, oldest first, with what decides who may open them. */
export async function findRepeats(db: Db, incidentId: string) {
  return db
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
    .orderBy('incident.id')
    .limit(MAX_REPEATS)
    .execute()
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
