import type { Db } from '../../../context.ts'
import type { ActivityData } from '../policy/moves.ts'
import { asRow, type IncidentRow } from '../store/cases.ts'
import type { withoutSender } from './policy.ts'

/** Ended cases that still lead to their senders, the longest ended first. */
export async function findDue(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('incident')
    .select('id')
    .where('closedAt', '<', before.toISOString())
    .where('purgedAt', 'is', null)
    .orderBy('closedAt')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Every case of a resident, oldest first. */
export async function findOwn(db: Db, residentId: string): Promise<IncidentRow[]> {
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where('reporterId', '=', residentId)
    .orderBy('id')
    .execute()
  return rows.map(asRow)
}

/** Takes the sender off a case; officials' open pages see that it changed. */
export async function saveWithoutSender(
  db: Db,
  incident: { id: string; version: number },
  changes: ReturnType<typeof withoutSender> & { purgedAt?: Date },
  now: Date,
): Promise<void> {
  await db
    .updateTable('incident')
    .set({ ...changes, updatedAt: now, version: incident.version + 1 })
    .where('id', '=', incident.id)
    .execute()
}

export async function saveStepData(db: Db, id: string, data: ActivityData): Promise<void> {
  await db
    .updateTable('incidentActivity')
    .set({ data: JSON.stringify(data) })
    .where('id', '=', id)
    .execute()
}

/** Steps name a resident as their actor: that goes too. */
export async function forgetActors(db: Db, incidentId: string): Promise<void> {
  await db
    .updateTable('incidentActivity')
    .set({ actorId: null })
    .where('incidentId', '=', incidentId)
    .where('actorKind', '=', 'resident')
    .where('actorId', 'is not', null)
    .execute()
}

/** The partner's own numbers of a case and of its updates, and the addresses of its photos. */
export async function forgetPartner(db: Db, incidentId: string): Promise<void> {
  await db
    .updateTable('open311Request')
    .set({ reference: null })
    .where('incidentId', '=', incidentId)
    .execute()
  await db
    .deleteFrom('open311Update')
    .where('activityId', 'in', (eb) =>
      eb.selectFrom('incidentActivity').select('id').where('incidentId', '=', incidentId),
    )
    .execute()
  await db.deleteFrom('open311Photo').where('incidentId', '=', incidentId).execute()
}

export async function deleteFollowers(
  db: Db,
  by: { incidentId: string } | { residentId: string },
): Promise<void> {
  await db
    .deleteFrom('incidentFollow')
    .$if('incidentId' in by, (qb) =>
      qb.where('incidentId', '=', 'incidentId' in by ? by.incidentId : ''),
    )
    .$if('residentId' in by, (qb) =>
      qb.where('residentId', '=', 'residentId' in by ? by.residentId : ''),
    )
    .execute()
}

/** Codes of the cases that a resident follows, and since when. */
export const findFollowed = (db: Db, residentId: string) =>
  db
    .selectFrom('incidentFollow')
    .innerJoin('incident', 'incident.id', 'incidentFollow.incidentId')
    .select(['incident.publicCode', 'incidentFollow.since'])
    .where('incidentFollow.residentId', '=', residentId)
    .orderBy('incidentFollow.since')
    .execute()

/** After two chats turned out to be one person's: their cases and what they follow are one person's too. */
export async function moveSender(db: Db, fromId: string, intoId: string): Promise<void> {
  await db
    .updateTable('incident')
    .set({ reporterId: intoId })
    .where('reporterId', '=', fromId)
    .execute()
  await db
    .insertInto('incidentFollow')
    .columns(['incidentId', 'residentId', 'since'])
    .expression((eb) =>
      eb
        .selectFrom('incidentFollow')
        .select(['incidentId', eb.cast<string>(eb.val(intoId), 'uuid').as('residentId'), 'since'])
        .where('residentId', '=', fromId),
    )
    .onConflict((oc) => oc.columns(['incidentId', 'residentId']).doNothing())
    .execute()
  await deleteFollowers(db, { residentId: fromId })
}
