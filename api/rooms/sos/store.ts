import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'
import type { Reach } from '../identity/index.ts'

export type SosRow = Selectable<Database['sosCase']>
export type NoteRow = Selectable<Database['sosNote']>
/** What was forgotten: how many calls, and their photos, which are the caller's to remove. */
export type Forgotten = { calls: number; mediaIds: string[] }

const LIVE = ['open', 'claimed', 'reached'] as const

export async function insertCase(db: Db, row: Insertable<Database['sosCase']>): Promise<SosRow> {
  return db.insertInto('sosCase').values(row).returningAll().executeTakeFirstOrThrow()
}

/** The call that is going on in a chat, locked until the transaction ends. */
export async function lockLiveOfChat(
  db: Db,
  chat: { channel: string; chatKey: string },
): Promise<SosRow | undefined> {
  return db
    .selectFrom('sosCase')
    .selectAll()
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .where('state', 'in', [...LIVE])
    .forUpdate()
    .executeTakeFirst()
}

export async function lockBySecret(db: Db, secretHash: string): Promise<SosRow | undefined> {
  return db
    .selectFrom('sosCase')
    .selectAll()
    .where('secretHash', '=', secretHash)
    .forUpdate()
    .executeTakeFirst()
}

export async function findCase(db: Db, id: string): Promise<SosRow | undefined> {
  return db.selectFrom('sosCase').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function lockCase(db: Db, id: string): Promise<SosRow | undefined> {
  return db.selectFrom('sosCase').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Changes a locked call; the row as it is then. */
export async function saveCase(
  db: Db,
  id: string,
  set: Updateable<Database['sosCase']>,
): Promise<SosRow> {
  return db
    .updateTable('sosCase')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function insertNotes(db: Db, rows: readonly NoteRow[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('sosNote')
      .values([...rows])
      .execute()
}

/** What was said in these calls, oldest first. */
export async function findNotes(db: Db, caseIds: readonly string[]): Promise<NoteRow[]> {
  if (caseIds.length === 0) return []
  return db
    .selectFrom('sosNote')
    .selectAll()
    .where('caseId', 'in', [...caseIds])
    .orderBy('id')
    .execute()
}

/** Calls that nobody took and whose next round is due. */
export async function findDueRounds(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('sosCase')
    .select('id')
    .where('state', '=', 'open')
    .where('nextRoundAt', '<=', now.toISOString())
    .orderBy('nextRoundAt')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The call if its round is still due, locked; passed by while another process has it. */
export async function lockDueRound(db: Db, id: string, now: Date): Promise<SosRow | undefined> {
  return db
    .selectFrom('sosCase')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('nextRoundAt', '<=', now.toISOString())
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function findBySecret(db: Db, secretHash: string): Promise<SosRow | undefined> {
  return db
    .selectFrom('sosCase')
    .selectAll()
    .where('secretHash', '=', secretHash)
    .executeTakeFirst()
}

export type BoardRow = SosRow & { claimerName: string | null }

/** Calls that go on, oldest first, then those that ended since `endedSince`, of the units in reach. */
export async function findBoard(
  db: Db,
  query: { reach: Reach; endedSince: Date; limit: number },
): Promise<BoardRow[]> {
  const { reach, endedSince, limit } = query
  return db
    .selectFrom('sosCase')
    .leftJoin('official', 'official.id', 'sosCase.claimedBy')
    .selectAll('sosCase')
    .select('official.displayName as claimerName')
    .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '>', endedSince.toISOString())]))
    .$if(!reach.isEverything, (qb) => qb.where('sosCase.unitCode', '=', reach.unitCode ?? ''))
    .orderBy(sql`ended_at is not null`)
    .orderBy('sosCase.createdAt')
    .limit(limit)
    .execute()
}

/** Takes out of ended calls what leads to their senders: chat, secret, words, photos, place, phone. */
export async function forgetSenders(
  db: Db,
  which: { endedBefore: Date } | { residentId: string },
): Promise<Forgotten> {
  const forgotten = await db
    .updateTable('sosCase')
    .set({
      chatKey: null,
      secretHash: null,
      residentId: null,
      placeWords: null,
      phone: null,
      lng: null,
      lat: null,
    })
    .where('endedAt', 'is not', null)
    .$if('endedBefore' in which, (qb) =>
      qb
        .where('endedAt', '<', 'endedBefore' in which ? which.endedBefore.toISOString() : '')
        .where((eb) => eb.or([eb('chatKey', 'is not', null), eb('secretHash', 'is not', null)])),
    )
    .$if('residentId' in which, (qb) =>
      qb.where('residentId', '=', 'residentId' in which ? which.residentId : ''),
    )
    .returning('id')
    .execute()
  const ids = forgotten.map(({ id }) => id)
  if (ids.length === 0) return { calls: 0, mediaIds: [] }
  const notes = await db
    .deleteFrom('sosNote')
    .where('caseId', 'in', ids)
    .returning('mediaId')
    .execute()
  return { calls: ids.length, mediaIds: notes.flatMap(({ mediaId }) => mediaId ?? []) }
}

/** A resident has another id now, or (null) none. */
export async function moveResident(db: Db, from: string, to: string | null): Promise<void> {
  await db.updateTable('sosCase').set({ residentId: to }).where('residentId', '=', from).execute()
}

export async function findOfResident(db: Db, residentId: string): Promise<SosRow[]> {
  return db
    .selectFrom('sosCase')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('id')
    .execute()
}
