import { type Selectable, sql } from 'kysely'
import type { Message } from '../../../chat/message.ts'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { Audience } from '../schema.ts'
import { type Cell, cellsOf, type RecipientState } from './counts.ts'
import type { Halt } from './inbox.ts'

export type DispatchRow = Selectable<Database['dispatch']>

/** Adds a dispatch; undefined when its subject has one. */
export async function insertDispatch(
  db: Db,
  row: {
    id: string
    kind: string
    lane: DispatchRow['lane']
    isLifeSafety: boolean
    messageVi: Message
    messageEn: Message
    audience: Audience
    subjectKind: string
    subjectId: string
    expiresAt: Date | null
    createdByKind: string
    createdBy: string | null
    now: Date
  },
): Promise<DispatchRow | undefined> {
  const { now, messageVi, messageEn, audience, ...rest } = row
  return db
    .insertInto('dispatch')
    .values({
      ...rest,
      messageVi: JSON.stringify(messageVi),
      messageEn: JSON.stringify(messageEn),
      audience: JSON.stringify(audience),
      state: 'planning',
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((oc) => oc.columns(['subjectKind', 'subjectId']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function findDispatch(db: Db, id: string): Promise<DispatchRow | undefined> {
  return db.selectFrom('dispatch').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findDispatchBySubject(
  db: Db,
  subjectKind: string,
  subjectId: string,
): Promise<DispatchRow | undefined> {
  return db
    .selectFrom('dispatch')
    .selectAll()
    .where('subjectKind', '=', subjectKind)
    .where('subjectId', '=', subjectId)
    .executeTakeFirst()
}

/** The dispatch, so that planning, pumping and steering of one wait for each other. */
export async function lockDispatch(db: Db, id: string): Promise<DispatchRow | undefined> {
  return db
    .selectFrom('dispatch')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function saveDispatch(
  db: Db,
  id: string,
  set: { state?: DispatchRow['state']; planCursor?: string | null; updatedAt: Date },
): Promise<void> {
  await db.updateTable('dispatch').set(set).where('id', '=', id).execute()
}

/** Dispatches that still have work: to plan, to send, or outcomes to learn. */
export async function findActiveDispatches(db: Db, limit: number): Promise<DispatchRow[]> {
  return db
    .selectFrom('dispatch')
    .selectAll()
    .where('state', '!=', 'done')
    .where((eb) =>
      eb.or([
        eb('state', 'in', ['planning', 'running']),
        eb.exists(
          eb
            .selectFrom('dispatchCount')
            .select(sql.lit(1).as('one'))
            .whereRef('dispatchId', '=', 'dispatch.id')
            .where('dispatchCount.state', '=', 'queued')
            .where('n', '>', 0),
        ),
      ]),
    )
    .orderBy(sql`lane = 'alert'`, 'desc')
    .orderBy('createdAt')
    .limit(limit)
    .execute()
}

/** Moves every recipient in `from` to `to`; the cells they are in now. */
export async function moveAll(
  db: Db,
  dispatchId: string,
  from: RecipientState,
  to: RecipientState,
): Promise<Cell[]> {
  const { rows } = await sql<Cell>`
    with moved as (
      update dispatch_recipient set state = ${to}
      where dispatch_id = ${dispatchId}::uuid and state = ${from}
      returning state, channel, unit_code
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}

/** Takes back what waits in the outbox of a dispatch that was cancelled; its inbox items no longer hold. */
export async function haltDispatch(db: Db, dispatchId: string, now: Date): Promise<Cell[]> {
  const at = now.toISOString()
  const { rows } = await sql<Cell>`
    with halted as (
      update outbox o set state = 'expired', error_code = 'cancelled', settled_at = ${at}::timestamptz
      from dispatch_recipient r
      where r.dispatch_id = ${dispatchId}::uuid and r.state = 'queued' and o.id = r.outbox_id
        and o.state = 'queued' and (o.lease_until is null or o.lease_until <= ${at}::timestamptz)
      returning r.resident_id, o.id
    ), moved as (
      update dispatch_recipient r set state = 'cancelled' from halted h
      where r.dispatch_id = ${dispatchId}::uuid and r.resident_id = h.resident_id
      returning r.state, r.channel, r.unit_code
    ), recalled as (
      update inbox_item i set expires_at = ${at}::timestamptz from halted h
      where i.dispatch_id = ${dispatchId}::uuid and i.resident_id = h.resident_id
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}

/** Learns what became of queued recipients whose message was settled; a chat that is gone waits for its fallback. */
export async function collectOutcomes(db: Db, dispatchId: string, limit: number): Promise<Cell[]> {
  const { rows } = await sql<Cell>`
    with settled as (
      select r.resident_id, o.state
      from dispatch_recipient r join outbox o on o.id = r.outbox_id
      where r.dispatch_id = ${dispatchId}::uuid and r.state = 'queued'
        and o.state in ('sent', 'rejected', 'expired')
      limit ${limit} for update of r skip locked
    ), moved as (
      update dispatch_recipient r set state = s.state from settled s
      where r.dispatch_id = ${dispatchId}::uuid and r.resident_id = s.resident_id
      returning r.state, r.channel, r.unit_code
    )
    ${cellsOf('moved')}`.execute(db)
  return rows
}

/** Gives one recipient another state (and way); the cell before, undefined when there is no such recipient. */
export async function moveRecipient(
  db: Db,
  key: { dispatchId: string; residentId: string },
  set: {
    state: RecipientState
    outboxId: string | null
    channel?: string
    chatKey?: string
  },
): Promise<Omit<Cell, 'n'> | undefined> {
  const before = await db
    .selectFrom('dispatchRecipient')
    .select(['state', 'channel', 'unitCode'])
    .where('dispatchId', '=', key.dispatchId)
    .where('residentId', '=', key.residentId)
    .forUpdate()
    .executeTakeFirst()
  if (before === undefined) return undefined
  await db
    .updateTable('dispatchRecipient')
    .set(set)
    .where('dispatchId', '=', key.dispatchId)
    .where('residentId', '=', key.residentId)
    .execute()
  return { ...before, channel: before.channel ?? '', unitCode: before.unitCode ?? '' }
}

export type DispatchCell = { dispatchId: string; cell: Cell }
const asCancelled = (row: {
  dispatchId: string
  channel: string | null
  unitCode: string | null
}): DispatchCell => ({
  dispatchId: row.dispatchId,
  cell: { state: 'cancelled', channel: row.channel ?? '', unitCode: row.unitCode ?? '', n: 1 },
})

/** Cancels what is planned for a resident, of these kinds or all; the dispatches that it was part of, with cells. */
export async function cancelPlanned(
  db: Db,
  residentId: string,
  { kinds, withLifeSafety }: Halt,
): Promise<DispatchCell[]> {
  const rows = await db
    .updateTable('dispatchRecipient as r')
    .from('dispatch as d')
    .set({ state: 'cancelled' })
    .whereRef('d.id', '=', 'r.dispatchId')
    .where('r.residentId', '=', residentId)
    .where('r.state', '=', 'planned')
    .$if(kinds !== undefined, (qb) => qb.where('d.kind', 'in', [...(kinds ?? [])]))
    .$if(!withLifeSafety, (qb) => qb.where('d.isLifeSafety', '=', false))
    .returning(['r.dispatchId', 'r.channel', 'r.unitCode'])
    .execute()
  return rows.map(asCancelled)
}

/** What is planned for one who was joined into another follows; the dispatches that the other gets anyway. */
export async function movePlanned(db: Db, fromId: string, intoId: string): Promise<DispatchCell[]> {
  const doubled = await db
    .updateTable('dispatchRecipient as f')
    .set({ state: 'cancelled' })
    .where('f.residentId', '=', fromId)
    .where('f.state', '=', 'planned')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('dispatchRecipient as i')
          .select(sql.lit(1).as('one'))
          .whereRef('i.dispatchId', '=', 'f.dispatchId')
          .where('i.residentId', '=', intoId),
      ),
    )
    .returning(['f.dispatchId', 'f.channel', 'f.unitCode'])
    .execute()
  await db
    .updateTable('dispatchRecipient')
    .set({ residentId: intoId })
    .where('residentId', '=', fromId)
    .where('state', '=', 'planned')
    .execute()
  return doubled.map(asCancelled)
}

/** Takes a person's addresses out of all ledgers. */
export async function forgetAddresses(db: Db, residentId: string): Promise<void> {
  await db
    .updateTable('dispatchRecipient')
    .set({ chatKey: null })
    .where('residentId', '=', residentId)
    .execute()
}
