import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { Activity, Changes } from '../policy/moves.ts'
import type { State } from '../schema.ts'

export type IncidentRow = Selectable<Database['incident']> & { state: State }
export type ActivityRow = Selectable<Database['incidentActivity']>
export type RouteRow = Selectable<Database['incidentRoute']>
export type CaseMedia = { incidentId: string; mediaId: string; role: 'report' | 'proof' }

type NewIncident = Omit<Insertable<Database['incident']>, 'publicCode'>

/** The check constraint of the table holds the states; the type says so. */
export const asRow = (row: Selectable<Database['incident']>): IncidentRow => row as IncidentRow

/** Inserts under the code; undefined when the code is taken, then the caller draws another. */
export async function insertIncident(
  db: Db,
  row: NewIncident,
  publicCode: string,
): Promise<IncidentRow | undefined> {
  const inserted = await db
    .insertInto('incident')
    .values({ ...row, publicCode })
    .onConflict((oc) => oc.column('publicCode').doNothing())
    .returningAll()
    .executeTakeFirst()
  return inserted === undefined ? undefined : asRow(inserted)
}

/** The case that has the number already; undefined when the open transaction may use it (others wait for its end). */
export async function claimExternalRef(
  db: Db,
  { source, number }: { source: string; number: string },
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`incident_ref:${source}:${number}`}, 0))`.execute(
    db,
  )
  const row = await db
    .selectFrom('incident')
    .select('publicCode')
    .where('externalSource', '=', source)
    .where('externalRef', '=', number)
    .executeTakeFirst()
  return row?.publicCode
}

export async function lockIncident(db: Db, id: string): Promise<IncidentRow | undefined> {
  const row = await db
    .selectFrom('incident')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : asRow(row)
}

export async function findIncident(db: Db, id: string): Promise<IncidentRow | undefined> {
  const row = await db.selectFrom('incident').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : asRow(row)
}

export async function findByCodes(db: Db, codes: readonly string[]): Promise<IncidentRow[]> {
  if (codes.length === 0) return []
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where('publicCode', 'in', [...codes])
    .execute()
  return rows.map(asRow)
}

/** Cases that a resident sent, newest first. */
export async function findReported(
  db: Db,
  residentId: string,
  limit: number,
): Promise<IncidentRow[]> {
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where('reporterId', '=', residentId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asRow)
}

export async function findIncidents(db: Db, ids: readonly string[]): Promise<IncidentRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(asRow)
}

export async function findPublicCode(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('incident')
    .select('publicCode')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.publicCode
}

/** Writes a decision if the case is still at `version`; the new row, or undefined when somebody was faster. */
export async function saveDecision(
  db: Db,
  incident: { id: string; version: number },
  changes: Changes,
  now: Date,
): Promise<IncidentRow | undefined> {
  const { dueBasis, ...columns } = changes
  const row = await db
    .updateTable('incident')
    .set({
      ...columns,
      ...(dueBasis === undefined ? {} : { dueBasis: JSON.stringify(dueBasis) }),
      updatedAt: now,
      version: incident.version + 1,
    })
    .where('id', '=', incident.id)
    .where('version', '=', incident.version)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : asRow(row)
}

type NewActivity = {
  id: string
  incidentId: string
  at: Date
  actorKind: string
  actorId: string | null
  kind: Activity['kind'] | 'received' | 'partner_comment' | 'note' | 'comment' | 'photos'
  fromState: State | null
  toState: State | null
  isPublic: boolean
  data: Activity['data']
}

export async function insertActivity(db: Db, rows: readonly NewActivity[]): Promise<void> {
  await db
    .insertInto('incidentActivity')
    .values(rows.map((row) => ({ ...row, data: JSON.stringify(row.data) })))
    .execute()
}

/** All steps of the cases, oldest first. */
export async function findActivity(db: Db, incidentIds: readonly string[]): Promise<ActivityRow[]> {
  if (incidentIds.length === 0) return []
  return db
    .selectFrom('incidentActivity')
    .selectAll()
    .where('incidentId', 'in', [...incidentIds])
    .orderBy('incidentId')
    .orderBy('id')
    .execute()
}

export async function insertCaseMedia(
  db: Db,
  incidentId: string,
  role: CaseMedia['role'],
  mediaIds: readonly string[],
  /** Place of the first one. */
  from = 0,
): Promise<void> {
  if (mediaIds.length === 0) return
  await db
    .insertInto('incidentMedia')
    .values(mediaIds.map((mediaId, i) => ({ incidentId, mediaId, role, position: from + i })))
    .onConflict((oc) => oc.columns(['incidentId', 'mediaId']).doNothing())
    .execute()
}

export async function findCaseMedia(
  db: Db,
  incidentIds: readonly string[],
): Promise<(CaseMedia & { isPublished: boolean; uploadedAt: string })[]> {
  if (incidentIds.length === 0) return []
  const rows = await db
    .selectFrom('incidentMedia')
    .innerJoin('media', 'media.id', 'incidentMedia.mediaId')
    .select(['incidentId', 'mediaId', 'role', 'media.publishedAt', 'media.createdAt as uploadedAt'])
    .where('incidentId', 'in', [...incidentIds])
    .where('media.state', '=', 'ready')
    .orderBy('role')
    .orderBy('position')
    .orderBy('mediaId')
    .execute()
  return rows.map(({ publishedAt, ...row }) => ({ ...row, isPublished: publishedAt !== null }))
}

/** Takes proof that nobody has published off the case: the answer it belonged to was sent back. */
export async function deleteUnpublishedProof(db: Db, incidentId: string): Promise<void> {
  await db
    .deleteFrom('incidentMedia')
    .where('incidentId', '=', incidentId)
    .where('role', '=', 'proof')
    .where('mediaId', 'in', (eb) =>
      eb.selectFrom('media').select('media.id').where('media.publishedAt', 'is', null),
    )
    .execute()
}

/** The route of a matter in a unit: one for its kind before one for the category, one for the unit before any unit. */
export async function findRoute(
  db: Db,
  matter: { category: string; kind: string | null; unitCode: string | null },
): Promise<RouteRow | undefined> {
  return db
    .selectFrom('incidentRoute')
    .selectAll()
    .where('category', '=', matter.category)
    .where((eb) => eb.or([eb('kind', '=', matter.kind ?? ''), eb('kind', 'is', null)]))
    .where((eb) => eb.or([eb('unitCode', '=', matter.unitCode ?? ''), eb('unitCode', 'is', null)]))
    .orderBy(sql`kind is null`)
    .orderBy(sql`unit_code is null`)
    .limit(1)
    .executeTakeFirst()
}

export async function upsertRoute(db: Db, row: Omit<RouteRow, 'id'> & { id: string }) {
  return db
    .insertInto('incidentRoute')
    .values(row)
    .onConflict((oc) =>
      oc.expression(sql`category, coalesce(kind, ''), coalesce(unit_code, '')`).doUpdateSet({
        agencyCode: row.agencyCode,
        dueInWorkingDays: row.dueInWorkingDays,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Cases that wait in `state` since before `before`, oldest first. */
export async function findWaiting(
  db: Db,
  wait: { state: 'answered' | 'needs_info'; before: Date; limit: number },
): Promise<{ id: string; version: number }[]> {
  return db
    .selectFrom('incident')
    .select(['id', 'version'])
    .where('state', '=', wait.state)
    .where(wait.state === 'answered' ? 'answeredAt' : 'updatedAt', '<=', wait.before.toISOString())
    .orderBy('updatedAt')
    .limit(wait.limit)
    .execute()
}
