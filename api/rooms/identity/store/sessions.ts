import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import { approvesForOthers } from './roster.ts'

export type SessionRow = Selectable<Database['session']>
export type Subject = { kind: SessionRow['subjectKind']; id: string }

/** A session that has not expired, with what its owner may do. */
export type LiveSession = Omit<SessionRow, 'secretHash'> & {
  isSubjectActive: boolean
  roles: string[] | null
  capabilities: string[] | null
  unitCode: string | null
  agencyCode: string | null
  /** Somebody lets this official approve in their place just now. */
  approvesForOthers: boolean
}

const PUBLIC_COLUMNS = [
  'session.id',
  'session.subjectKind',
  'session.subjectId',
  'session.carrier',
  'session.createdAt',
  'session.lastSeenAt',
  'session.expiresAt',
  'session.label',
] as const

/** The unexpired session of a secret's hash and its owner, in one read. */
export async function findLiveSession(
  db: Db,
  secretHash: string,
  now: Date,
): Promise<LiveSession | undefined> {
  return db
    .selectFrom('session')
    .leftJoin('official', (join) =>
      join
        .onRef('official.id', '=', 'session.subjectId')
        .on('session.subjectKind', '=', 'official')
        .on('official.disabledAt', 'is', null),
    )
    .leftJoin('resident', (join) =>
      join
        .onRef('resident.id', '=', 'session.subjectId')
        .on('session.subjectKind', '=', 'resident')
        .on('resident.erasedAt', 'is', null),
    )
    .select(PUBLIC_COLUMNS)
    .select(['official.roles', 'official.capabilities', 'official.unitCode', 'official.agencyCode'])
    .select(approvesForOthers(now).as('approvesForOthers'))
    .select(sql<boolean>`coalesce(official.id, resident.id) is not null`.as('isSubjectActive'))
    .where('session.secretHash', '=', secretHash)
    .where('session.expiresAt', '>', now.toISOString())
    .executeTakeFirst()
}

/** Live sessions of one person, the last used first. */
export async function findSubjectSessions(db: Db, subject: Subject, now: Date) {
  return db
    .selectFrom('session')
    .select(PUBLIC_COLUMNS)
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .where('expiresAt', '>', now.toISOString())
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function insertSession(db: Db, row: Insertable<Database['session']>): Promise<void> {
  await db.insertInto('session').values(row).execute()
}

export async function slideSession(db: Db, id: string, now: Date, expiresAt: Date): Promise<void> {
  await db.updateTable('session').set({ lastSeenAt: now, expiresAt }).where('id', '=', id).execute()
}

export async function deleteSessionRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute()
}

export async function deleteSubjectSessionRows(db: Db, subject: Subject): Promise<void> {
  await db
    .deleteFrom('session')
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .execute()
}

export async function deleteExpiredSessionRows(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<=', now.toISOString()).execute()
}

/** Ends a person's sessions but `keptId`. */
export async function deleteOtherSessionRows(
  db: Db,
  subject: Subject,
  keptId: string | undefined,
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .$if(keptId !== undefined, (qb) => qb.where('id', '!=', keptId ?? ''))
    .execute()
}
