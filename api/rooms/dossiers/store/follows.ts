import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import { deleteUntaken } from './delegations.ts'
import type { DossierRow } from './dossiers.ts'

export type FollowRow = Selectable<Database['dossierFollow']>

export const findFollow = (
  db: Db,
  key: { dossierId: string; residentId: string },
): Promise<FollowRow | undefined> =>
  db
    .selectFrom('dossierFollow')
    .selectAll()
    .where('dossierId', '=', key.dossierId)
    .where('residentId', '=', key.residentId)
    .executeTakeFirst()

/** Keeps the higher of two levels; true when something changed. */
export async function saveFollow(
  db: Db,
  row: Insertable<Database['dossierFollow']>,
): Promise<boolean> {
  const saved = await db
    .insertInto('dossierFollow')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['dossierId', 'residentId'])
        .doUpdateSet({ level: row.level, delegatedBy: row.delegatedBy ?? null })
        .where('dossierFollow.level', '=', 'public')
        .where(sql<boolean>`excluded.level = 'full'`),
    )
    .returning('id')
    .executeTakeFirst()
  return saved !== undefined
}

/** Ends a follow, those that it let in, and its codes that nobody took; how many follows. */
export async function deleteFollow(
  db: Db,
  key: { dossierId: string; residentId: string },
): Promise<number> {
  await deleteUntaken(db, { dossierId: key.dossierId, fromResidentId: key.residentId })
  const ended = await db
    .deleteFrom('dossierFollow')
    .where('dossierId', '=', key.dossierId)
    .where((eb) =>
      eb.or([eb('residentId', '=', key.residentId), eb('delegatedBy', '=', key.residentId)]),
    )
    .returning('id')
    .execute()
  return ended.length
}

/** The dossiers that somebody follows, newest follow first. */
export async function listFollows(
  db: Db,
  residentId: string,
): Promise<{ follow: FollowRow; dossier: DossierRow }[]> {
  const follows = await db
    .selectFrom('dossierFollow')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('id', 'desc')
    .execute()
  if (follows.length === 0) return []
  const rows = await db
    .selectFrom('dossier')
    .selectAll()
    .where(
      'id',
      'in',
      follows.map(({ dossierId }) => dossierId),
    )
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row as DossierRow]))
  return follows.flatMap((follow) => {
    const dossier = byId.get(follow.dossierId)
    return dossier === undefined ? [] : [{ follow, dossier }]
  })
}

export type DueFollow = { followId: string; dossierId: string; residentId: string }

/** Follows whose dossier changed since they were told. */
export const findUntold = (db: Db, limit: number): Promise<DueFollow[]> =>
  db
    .selectFrom('dossierFollow as f')
    .innerJoin('dossier as d', 'd.id', 'f.dossierId')
    .select(['f.id as followId', 'f.dossierId', 'f.residentId'])
    .whereRef('f.toldVersion', '<', 'd.version')
    .orderBy('f.id')
    .limit(limit)
    .execute()

/** Follows of open dossiers whose appointed time lies before `until` and was not reminded of yet. */
export const findUnreminded = (
  db: Db,
  window: { from: Date; until: Date; limit: number },
): Promise<DueFollow[]> =>
  db
    .selectFrom('dossierFollow as f')
    .innerJoin('dossier as d', 'd.id', 'f.dossierId')
    .select(['f.id as followId', 'f.dossierId', 'f.residentId'])
    .where('d.state', 'in', [2, 4, 9])
    .where(sql<boolean>`coalesce(d.new_due_at, d.due_at) between ${window.from.toISOString()}::timestamptz
      and ${window.until.toISOString()}::timestamptz`)
    .where(sql<boolean>`f.reminded_for is distinct from coalesce(d.new_due_at, d.due_at)`)
    .orderBy('f.id')
    .limit(window.limit)
    .execute()

export const lockFollow = (db: Db, id: string): Promise<FollowRow | undefined> =>
  db.selectFrom('dossierFollow').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function markTold(db: Db, id: string, toldVersion: number): Promise<void> {
  await db.updateTable('dossierFollow').set({ toldVersion }).where('id', '=', id).execute()
}

export async function markReminded(db: Db, id: string, remindedFor: string): Promise<void> {
  await db.updateTable('dossierFollow').set({ remindedFor }).where('id', '=', id).execute()
}

/** What one person followed is the other's, unless they follow it too. */
export async function moveFollows(db: Db, fromId: string, intoId: string): Promise<void> {
  await sql`
    delete from dossier_follow f using dossier_follow o
    where f.resident_id = ${fromId}::uuid and o.resident_id = ${intoId}::uuid
      and o.dossier_id = f.dossier_id`.execute(db)
  await db
    .updateTable('dossierFollow')
    .set({ residentId: intoId })
    .where('residentId', '=', fromId)
    .execute()
  await db
    .updateTable('dossierFollow')
    .set({ delegatedBy: intoId })
    .where('delegatedBy', '=', fromId)
    .execute()
  await db
    .updateTable('dossierDelegation')
    .set({ fromResidentId: intoId })
    .where('fromResidentId', '=', fromId)
    .execute()
}

/** Everything that somebody follows or let others follow; how many. */
export async function deleteFollowsOf(db: Db, residentId: string): Promise<number> {
  await db.deleteFrom('dossierDelegation').where('fromResidentId', '=', residentId).execute()
  const ended = await db
    .deleteFrom('dossierFollow')
    .where((eb) => eb.or([eb('residentId', '=', residentId), eb('delegatedBy', '=', residentId)]))
    .returning('id')
    .execute()
  return ended.length
}
