import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type ShiftRow = Selectable<Database['dutyShift']> & { displayName: string }
export type DelegationRow = Selectable<Database['approvalDelegation']> & {
  fromName: string
  toName: string
}

export async function insertShift(db: Db, row: Insertable<Database['dutyShift']>): Promise<void> {
  await db.insertInto('dutyShift').values(row).execute()
}

export async function findShift(
  db: Db,
  id: string,
): Promise<Selectable<Database['dutyShift']> | undefined> {
  return db.selectFrom('dutyShift').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deleteShift(db: Db, id: string): Promise<void> {
  await db.deleteFrom('dutyShift').where('id', '=', id).execute()
}

/** Shifts of enabled officials that touch a span, the earliest first; `unitCode` undefined: of all units. */
export async function findShifts(
  db: Db,
  { from, to, unitCode }: { from: Date; to: Date; unitCode?: string | null },
): Promise<ShiftRow[]> {
  return db
    .selectFrom('dutyShift')
    .innerJoin('official', 'official.id', 'dutyShift.officialId')
    .selectAll('dutyShift')
    .select('official.displayName')
    .where('official.disabledAt', 'is', null)
    .where('dutyShift.endsAt', '>', from.toISOString())
    .where('dutyShift.startsAt', '<', to.toISOString())
    .$if(unitCode !== undefined, (qb) =>
      qb.where((eb) =>
        unitCode === null || unitCode === undefined
          ? eb('dutyShift.unitCode', 'is', null)
          : eb('dutyShift.unitCode', '=', unitCode),
      ),
    )
    .orderBy('dutyShift.startsAt')
    .orderBy('dutyShift.id')
    .execute()
}

export async function insertDelegation(
  db: Db,
  row: Insertable<Database['approvalDelegation']>,
): Promise<void> {
  await db.insertInto('approvalDelegation').values(row).execute()
}

/** Delegations that hold now or later and touch this official, the earliest first. */
export async function findDelegations(
  db: Db,
  officialId: string,
  now: Date,
): Promise<DelegationRow[]> {
  return db
    .selectFrom('approvalDelegation as d')
    .innerJoin('official as giver', 'giver.id', 'd.fromOfficialId')
    .innerJoin('official as taker', 'taker.id', 'd.toOfficialId')
    .selectAll('d')
    .select(['giver.displayName as fromName', 'taker.displayName as toName'])
    .where('d.revokedAt', 'is', null)
    .where('d.endsAt', '>', now.toISOString())
    .where((eb) =>
      eb.or([eb('d.fromOfficialId', '=', officialId), eb('d.toOfficialId', '=', officialId)]),
    )
    .orderBy('d.startsAt')
    .orderBy('d.id')
    .execute()
}

/** Ends a delegation that its giver made; false when there is none that holds. */
export async function revokeDelegationRow(
  db: Db,
  own: { id: string; fromOfficialId: string },
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('approvalDelegation')
    .set({ revokedAt: now })
    .where('id', '=', own.id)
    .where('fromOfficialId', '=', own.fromOfficialId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

/** Whether somebody lets the official of the row approve in their place just now. */
export const approvesForOthers = (now: Date) => sql<boolean>`exists (
    select 1 from approval_delegation d join official giver on giver.id = d.from_official_id
    where d.to_official_id = official.id and d.revoked_at is null and giver.disabled_at is null
      and giver.unit_code is not distinct from official.unit_code and 'approver' = any(giver.roles)
      and d.starts_at <= ${now.toISOString()}::timestamptz
      and d.ends_at > ${now.toISOString()}::timestamptz
  )`
