import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LngLat } from '../../../core/geo.ts'
import type { Database } from '../../../db/schema.ts'
import { OPEN_STATES, PUBLIC_STATES } from '../policy/table.ts'
import { matches } from '../public/store.ts'
import { type ActivityRow, asRow, type IncidentRow } from '../store/cases.ts'
import type { Span } from './times.ts'

export type KeyRow = Selectable<Database['open311Key']>

export const insertKey = (db: Db, row: Insertable<Database['open311Key']>) =>
  db
    .insertInto('open311Key')
    .values(row)
    .onConflict((oc) => oc.column('name').doNothing())
    .returningAll()
    .executeTakeFirst()

export const listKeyRows = (db: Db): Promise<KeyRow[]> =>
  db.selectFrom('open311Key').selectAll().orderBy('name').execute()

export const findKeyByHash = (db: Db, secretHash: string): Promise<KeyRow | undefined> =>
  db
    .selectFrom('open311Key')
    .selectAll()
    .where('secretHash', '=', secretHash)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()

export const markKeyRevoked = (db: Db, name: string, now: Date) =>
  db
    .updateTable('open311Key')
    .set({ revokedAt: now })
    .where('name', '=', name)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()

/** One write an hour is enough to see whether a key is still in use. */
export async function markKeyUsed(db: Db, id: string, now: Date): Promise<void> {
  const hourAgo = new Date(now.getTime() - 3_600_000).toISOString()
  await db
    .updateTable('open311Key')
    .set({ lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('lastUsedAt', 'is', null), eb('lastUsedAt', '<', hourAgo)]))
    .execute()
}

export type RequestFilter = {
  span: Span
  serviceCodes?: readonly string[]
  statuses?: readonly ('open' | 'closed')[]
  near?: { at: LngLat; radiusM: number }
  today: string
}

/** Public cases received in the span, newest first. */
export async function findRequests(
  db: Db,
  filter: RequestFilter,
  page: { offset: number; limit: number },
): Promise<IncidentRow[]> {
  const { span, serviceCodes, statuses, near, today } = filter
  const state = statuses?.length === 1 ? statuses[0] : undefined
  const rows = await db
    .selectFrom('incident')
    .selectAll()
    .where((eb) =>
      matches(eb, {
        today,
        ...(serviceCodes === undefined ? {} : { categories: serviceCodes }),
        ...(near === undefined ? {} : { near }),
        ...(state === undefined ? {} : { state }),
      }),
    )
    .where('createdAt', '>=', span.from.toISOString())
    .where('createdAt', '<=', span.to.toISOString())
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  return rows.map(asRow)
}

/** Cases that a key sent, by their partner's number or by id. */
export const findSent = (db: Db, by: { keyId: string; reference?: string; incidentId?: string }) =>
  db
    .selectFrom('open311Request')
    .innerJoin('incident', 'incident.id', 'open311Request.incidentId')
    .select(['open311Request.incidentId', 'open311Request.bodyHash', 'incident.publicCode'])
    .where('open311Request.keyId', '=', by.keyId)
    .$if(by.reference !== undefined, (qb) =>
      qb.where('open311Request.reference', '=', by.reference ?? ''),
    )
    .$if(by.incidentId !== undefined, (qb) =>
      qb.where('open311Request.incidentId', '=', by.incidentId ?? ''),
    )
    .executeTakeFirst()

export async function insertSent(
  db: Db,
  row: Insertable<Database['open311Request']>,
): Promise<void> {
  await db.insertInto('open311Request').values(row).execute()
}

export const findUpdate = (db: Db, keyId: string, reference: string) =>
  db
    .selectFrom('open311Update')
    .select(['activityId', 'bodyHash'])
    .where('keyId', '=', keyId)
    .where('reference', '=', reference)
    .executeTakeFirst()

export async function insertUpdate(
  db: Db,
  row: Insertable<Database['open311Update']>,
): Promise<void> {
  await db.insertInto('open311Update').values(row).execute()
}

/** One partner's number at a time, until the end of the transaction. */
export async function lockReference(db: Db, reference: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${reference}, 311))`.execute(db)
}

export type PublicStep = Pick<ActivityRow, 'id' | 'incidentId' | 'at' | 'kind' | 'toState'>

/** Public steps after the first one, oldest first: of public cases, and of all that the key sent. */
export function findPublicSteps(
  db: Db,
  query: { span: Span; keyId: string | undefined; codes?: readonly string[]; limit: number },
): Promise<PublicStep[]> {
  const { span, keyId, codes, limit } = query
  return db
    .selectFrom('incidentActivity as step')
    .innerJoin('incident', 'incident.id', 'step.incidentId')
    .select(['step.id', 'step.incidentId', 'step.at', 'step.kind', 'step.toState'])
    .where('step.isPublic', '=', true)
    .where('step.fromState', 'is not', null)
    .where('step.at', '>=', span.from.toISOString())
    .where('step.at', '<=', span.to.toISOString())
    .where((eb) => {
      const isPublic = eb('incident.state', 'in', [...PUBLIC_STATES])
      if (keyId === undefined) return isPublic
      const sent = eb
        .selectFrom('open311Request')
        .select('open311Request.incidentId')
        .where('open311Request.keyId', '=', keyId)
      return eb.or([isPublic, eb('incident.id', 'in', sent)])
    })
    .$if(codes !== undefined, (qb) => qb.where('incident.publicCode', 'in', [...(codes ?? [])]))
    .orderBy('step.at')
    .orderBy('step.id')
    .limit(limit)
    .execute()
}

export const isOpenState = (state: string | null): boolean =>
  (OPEN_STATES as readonly (string | null)[]).includes(state)
