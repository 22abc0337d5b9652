import { type SelectQueryBuilder, sql } from 'kysely'
import type { Language } from '../../../../locales/index.ts'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import { type ChatAddress, type LinkRow, PROOF_CHANNELS, type ResidentRow } from './residents.ts'

/** Any constant that nothing else in the house locks by. */
const JOIN_LOCK = 7_301_120

/** Joins are rare and touch several people's rows: one at a time, so that no two can wait for each other. */
export async function lockJoins(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${JOIN_LOCK}::bigint)`.execute(db)
}

/** Replaces the resident's open codes by this one. */
export async function replaceLinkCode(
  db: Db,
  code: { codeHash: string; residentId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db
    .deleteFrom('linkCode')
    .where('residentId', '=', code.residentId)
    .where('usedAt', 'is', null)
    .execute()
  await db.insertInto('linkCode').values(code).execute()
}

export async function findLinkCode(db: Db, codeHash: string) {
  return db
    .selectFrom('linkCode')
    .selectAll()
    .where('codeHash', '=', codeHash)
    .forUpdate()
    .executeTakeFirst()
}

export async function spendLinkCode(db: Db, codeHash: string, now: Date): Promise<void> {
  await db.updateTable('linkCode').set({ usedAt: now }).where('codeHash', '=', codeHash).execute()
}

/** Counts a try of this chat; how many there were since the first one of the last `windowMs`. */
export async function countTry(
  db: Db,
  { channel, chatKey }: ChatAddress,
  now: Date,
  windowMs: number,
): Promise<number> {
  const since = new Date(now.getTime() - windowMs).toISOString()
  const { tries } = await db
    .insertInto('linkTry')
    .values({ channel, chatKey, firstAt: now, tries: 1 })
    .onConflict((oc) =>
      oc.columns(['channel', 'chatKey']).doUpdateSet({
        tries: sql`case when link_try.first_at > ${since}::timestamptz then link_try.tries + 1 else 1 end`,
        firstAt: sql`case when link_try.first_at > ${since}::timestamptz then link_try.first_at else excluded.first_at end`,
      }),
    )
    .returning('tries')
    .executeTakeFirstOrThrow()
  return tries
}

/** Codes and tries that no longer decide anything; returns how many. */
export async function deleteOldCodes(db: Db, before: Date): Promise<number> {
  const at = before.toISOString()
  const codes = await db.deleteFrom('linkCode').where('expiresAt', '<', at).executeTakeFirst()
  const tries = await db.deleteFrom('linkTry').where('firstAt', '<', at).executeTakeFirst()
  return Number(codes.numDeletedRows + tries.numDeletedRows)
}

/** Locks residents in the order of their ids; nobody adds anything that refers to them meanwhile. */
export async function lockResidents(db: Db, ids: readonly string[]): Promise<ResidentRow[]> {
  return db
    .selectFrom('resident')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The row under which a person lives now: their own, or the one that they were joined into. */
export async function findLivingResident(db: Db, id: string): Promise<ResidentRow | undefined> {
  return db
    .selectFrom('resident as asked')
    .innerJoin('resident', (join) =>
      join.on('resident.id', '=', sql<string>`coalesce(asked.joined_into, asked.id)`),
    )
    .selectAll('resident')
    .where('asked.id', '=', id)
    .where('resident.erasedAt', 'is', null)
    .executeTakeFirst()
}

/** Hands everything of identity from one resident to another; both are locked. */
export async function moveResident(db: Db, from: ResidentRow, into: ResidentRow, now: Date) {
  await closeOlderTwins(db, from.id, into.id, now)
  for (const table of ['channelLink', 'consent', 'linkCode'] as const) {
    await db
      .updateTable(table)
      .set({ residentId: into.id })
      .where('residentId', '=', from.id)
      .execute()
  }
  await db
    .updateTable('session')
    .set({ subjectId: into.id })
    .where('subjectKind', '=', 'resident')
    .where('subjectId', '=', from.id)
    .execute()
  await db
    .updateTable('resident')
    .set({ joinedInto: into.id, displayName: null })
    .where((eb) => eb.or([eb('id', '=', from.id), eb('joinedInto', '=', from.id)]))
    .execute()
  if (into.displayName === null && from.displayName !== null) {
    const { displayName } = from
    await db.updateTable('resident').set({ displayName }).where('id', '=', into.id).execute()
  }
}

/** Where both agreed to the same purpose, the yes to the newer text holds and the other becomes proof only. */
async function closeOlderTwins(db: Db, fromId: string, intoId: string, now: Date): Promise<void> {
  await sql`
    update consent set withdrawn_at = ${now.toISOString()}::timestamptz
    where id in (
      select case when f.version > i.version then i.id else f.id end
      from consent f join consent i on i.purpose = f.purpose
      where f.resident_id = ${fromId}::uuid and f.withdrawn_at is null
        and i.resident_id = ${intoId}::uuid and i.withdrawn_at is null
    )`.execute(db)
}

export async function deleteLink(db: Db, chat: ChatAddress): Promise<LinkRow | undefined> {
  return db
    .deleteFrom('channelLink')
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .returningAll()
    .executeTakeFirst()
}

type Reach = {
  residentId: string
  language: Language
  channel: string | null
  chatKey: string | null
  linkedAt: string | null
  linkId: string | null
}

/**
 * Everybody who agreed to be written to, once for each chat that reaches them (once with nulls when none does); a
 * part for larger queries, so that rooms to the right plan in one statement.
 */
export function notifiableResidents(
  db: Db,
): SelectQueryBuilder<Database, 'resident' | 'channelLink', Reach> {
  return db
    .selectFrom('resident')
    .leftJoin('channelLink', (join) =>
      join
        .onRef('channelLink.residentId', '=', 'resident.id')
        .on('channelLink.state', '=', 'active')
        .on('channelLink.channel', 'not in', [...PROOF_CHANNELS]),
    )
    .select([
      'resident.id as residentId',
      'resident.language',
      'channelLink.channel',
      'channelLink.chatKey',
      'channelLink.updatedAt as linkedAt',
      'channelLink.id as linkId',
    ])
    .where('resident.erasedAt', 'is', null)
    .where('resident.joinedInto', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('consent')
          .select(sql.lit(1).as('one'))
          .whereRef('consent.residentId', '=', 'resident.id')
          .where('consent.purpose', '=', sql.lit('notify'))
          .where('consent.withdrawnAt', 'is', null),
      ),
    ) as SelectQueryBuilder<Database, 'resident' | 'channelLink', Reach>
}
