import type { ExpressionBuilder } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { Reach } from '../../identity/index.ts'
import type { Recipient } from '../data/ladder.ts'
import type { RemindKind } from '../messages/remind.ts'
import { OPEN_STATES } from '../policy/table.ts'

export type NewAttention = {
  id: string
  incidentId: string
  kind: string
  recipient: Recipient
  key: string
  at: Date
}

export async function insertAttention(db: Db, row: NewAttention): Promise<void> {
  await db
    .insertInto('incidentAttention')
    .values(row)
    .onConflict((oc) => oc.column('key').doNothing())
    .execute()
}

/** Somebody of the office has the case in hand: nothing of it waits to be noticed any more. */
export async function clearAttention(db: Db, incidentId: string, now: Date): Promise<void> {
  await db
    .updateTable('incidentAttention')
    .set({ clearedAt: now })
    .where('incidentId', '=', incidentId)
    .where('clearedAt', 'is', null)
    .execute()
}

export async function findAttention(db: Db, id: string) {
  return db
    .selectFrom('incidentAttention')
    .innerJoin('incident', 'incident.id', 'incidentAttention.incidentId')
    .select([
      'incidentAttention.id',
      'incidentAttention.incidentId',
      'incidentAttention.recipient',
      'incidentAttention.clearedAt',
      'incident.unitCode',
      'incident.agencyCode',
      'incident.assigneeId',
    ])
    .where('incidentAttention.id', '=', id)
    .executeTakeFirst()
}

export async function setCleared(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('incidentAttention')
    .set({ clearedAt: now })
    .where('id', '=', id)
    .where('clearedAt', 'is', null)
    .execute()
}

type Eb = ExpressionBuilder<Database, 'incidentAttention' | 'incident'>

function isWithin(eb: Eb, { recipient, reach }: { recipient: Recipient; reach: Reach }) {
  const { isEverything, unitCode, agencyCode, assigneeId } = reach
  const ways = [
    ...(isEverything ? [eb.lit(true)] : []),
    ...(unitCode === undefined ? [] : [eb('incident.unitCode', '=', unitCode)]),
    ...(agencyCode === undefined ? [] : [eb('incident.agencyCode', '=', agencyCode)]),
    ...(assigneeId === undefined ? [] : [eb('incident.assigneeId', '=', assigneeId)]),
  ]
  return eb.and([eb('incidentAttention.recipient', '=', recipient), eb.or(ways)])
}

/** What waits to be noticed within these reaches, the newest first. */
export async function listAttention(
  db: Db,
  reaches: readonly { recipient: Recipient; reach: Reach }[],
  limit: number,
) {
  return db
    .selectFrom('incidentAttention')
    .innerJoin('incident', 'incident.id', 'incidentAttention.incidentId')
    .select([
      'incidentAttention.id',
      'incidentAttention.incidentId',
      'incidentAttention.kind',
      'incidentAttention.recipient',
      'incidentAttention.at',
      'incident.publicCode',
      'incident.state',
      'incident.category',
      'incident.urgency',
      'incident.dueDate',
    ])
    .where('incidentAttention.clearedAt', 'is', null)
    .where((eb) => eb.or(reaches.map((reach) => isWithin(eb, reach))))
    .orderBy('incidentAttention.id', 'desc')
    .limit(limit)
    .execute()
}

export type UntoldRow = {
  id: string
  incidentId: string
  kind: RemindKind
  recipient: Recipient
  publicCode: string
  category: string
  dueDate: LocalDate | null
  unitCode: string | null
  agencyCode: string | null
  assigneeId: string | null
}

/** What nobody was told of yet in open cases, the oldest first; locked, so that two processes do not tell it twice. */
export async function findUntold(
  db: Db,
  query: { kinds: readonly RemindKind[]; since: Date; limit: number },
): Promise<UntoldRow[]> {
  const rows = await db
    .selectFrom('incidentAttention')
    .innerJoin('incident', 'incident.id', 'incidentAttention.incidentId')
    .select([
      'incidentAttention.id',
      'incidentAttention.incidentId',
      'incidentAttention.kind',
      'incidentAttention.recipient',
      'incident.publicCode',
      'incident.category',
      'incident.dueDate',
      'incident.unitCode',
      'incident.agencyCode',
      'incident.assigneeId',
    ])
    .where('incidentAttention.toldAt', 'is', null)
    .where('incidentAttention.clearedAt', 'is', null)
    .where('incidentAttention.at', '>=', query.since.toISOString())
    .where('incidentAttention.kind', 'in', query.kinds)
    .where('incident.state', 'in', [...OPEN_STATES])
    .orderBy('incidentAttention.at')
    .orderBy('incidentAttention.id')
    .limit(query.limit)
    .forUpdate('incidentAttention')
    .skipLocked()
    .execute()
  return rows as UntoldRow[]
}

export async function setTold(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('incidentAttention').set({ toldAt: now }).where('id', '=', id).execute()
}

/** The office's clock stands while the sender is asked. */
const COUNTING = OPEN_STATES.filter((state) => state !== 'needs_info')

/** Open cases due on or before `cutoff` that have not had this step of the ladder, the longest due first. */
export async function findForStep(
  db: Db,
  query: { step: number; cutoff: LocalDate; limit: number },
): Promise<{ id: string }[]> {
  return db
    .selectFrom('incident')
    .select('id')
    .where('state', 'in', COUNTING)
    .where('escalationStep', '<', query.step)
    .where('dueDate', '<=', query.cutoff)
    .orderBy('dueDate')
    .orderBy('id')
    .limit(query.limit)
    .execute()
}

/** Not a version of the case: nobody who works on it has to look again. */
export async function setEscalationStep(db: Db, id: string, step: number): Promise<void> {
  await db.updateTable('incident').set({ escalationStep: step }).where('id', '=', id).execute()
}

/** The ladder in force on a day, lowest step first; empty when the installation has none of its own. */
export async function findLadder(db: Db, today: LocalDate) {
  return db
    .selectFrom('incidentLadder')
    .selectAll()
    .where('validFrom', '=', (eb) =>
      eb
        .selectFrom('incidentLadder')
        .select((inner) => inner.fn.max('validFrom').as('validFrom'))
        .where('validFrom', '<=', today),
    )
    .orderBy('step')
    .execute()
}

/** Steps of the ladders that begin after a day, the earliest first. */
export const findLaterLadders = (db: Db, today: LocalDate) =>
  db
    .selectFrom('incidentLadder')
    .selectAll()
    .where('validFrom', '>', today)
    .orderBy('validFrom')
    .orderBy('step')
    .execute()

export async function replaceLadder(
  db: Db,
  validFrom: LocalDate,
  steps: readonly { step: number; afterWorkingDays: number; recipient: Recipient }[],
): Promise<void> {
  await db.deleteFrom('incidentLadder').where('validFrom', '=', validFrom).execute()
  await db
    .insertInto('incidentLadder')
    .values(steps.map((step) => ({ ...step, validFrom })))
    .execute()
}
