import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type FeedRow = Selectable<Database['capFeed']>
export type ForeignRow = Selectable<Database['foreignAlert']>

export async function nameFeeds(db: Db, urls: readonly string[], now: Date): Promise<void> {
  await db
    .insertInto('capFeed')
    .values(urls.map((url) => ({ url, nextAt: now })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Takes the feeds that are due; nobody else gets them before `until`. */
export const claimFeeds = (db: Db, urls: readonly string[], at: { now: Date; until: Date }) =>
  db
    .updateTable('capFeed')
    .set({ nextAt: at.until })
    .where('url', 'in', [...urls])
    .where('nextAt', '<=', at.now.toISOString())
    .returningAll()
    .execute()

export async function saveFeed(db: Db, url: string, set: Partial<Insertable<Database['capFeed']>>) {
  await db.updateTable('capFeed').set(set).where('url', '=', url).execute()
}

export const findFeeds = (db: Db, urls: readonly string[]): Promise<FeedRow[]> =>
  db
    .selectFrom('capFeed')
    .selectAll()
    .where('url', 'in', [...urls])
    .orderBy('url')
    .execute()

export const findDocuments = (db: Db, feedUrl: string) =>
  db.selectFrom('capDocument').selectAll().where('feedUrl', '=', feedUrl).execute()

type Document = { feedUrl: string; url: string; stamp: string; problem: string | null }

export async function saveDocument(db: Db, document: Document & { tries: number }, now: Date) {
  const { stamp, problem, tries } = document
  await db
    .insertInto('capDocument')
    .values({ ...document, triedAt: now })
    .onConflict((oc) =>
      oc.columns(['feedUrl', 'url']).doUpdateSet({ stamp, problem, tries, triedAt: now }),
    )
    .execute()
}

export const countFaults = (db: Db, feedUrls: readonly string[], since: Date) =>
  db
    .selectFrom('capDocument')
    .select(['feedUrl', sql<number>`count(*)::int`.as('count')])
    .where('feedUrl', 'in', [...feedUrls])
    .where('problem', 'is not', null)
    .where('triedAt', '>', since.toISOString())
    .groupBy('feedUrl')
    .execute()

/** False when we have it already. */
export async function insertForeign(
  db: Db,
  row: Insertable<Database['foreignAlert']>,
): Promise<boolean> {
  const made = await db
    .insertInto('foreignAlert')
    .values(row)
    .onConflict((oc) => oc.columns(['sender', 'identifier', 'sentAt']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** One writer a sender at a time: each needs to see what the others brought. */
export async function lockSender(db: Db, sender: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cap:${sender}`}, 0))`.execute(db)
}

/** The newest of a sender; chains do not reach further back. */
export const findOfSender = (db: Db, sender: string, limit: number) =>
  db
    .selectFrom('foreignAlert')
    .select(['id', 'sender', 'identifier', 'sentAt', 'messageType', 'refs', 'endedBy'])
    .where('sender', '=', sender)
    .orderBy('sentAt', 'desc')
    .limit(limit)
    .execute()

export async function endForeign(db: Db, id: string, endedBy: 'Update' | 'Cancel'): Promise<void> {
  await db.updateTable('foreignAlert').set({ endedBy }).where('id', '=', id).execute()
}

/** What holds now, the gravest first. */
export const findForeign = (db: Db, now: Date): Promise<ForeignRow[]> =>
  db
    .selectFrom('foreignAlert')
    .selectAll()
    .where('endedBy', 'is', null)
    .where('messageType', 'in', ['Alert', 'Update'])
    .where('expiresAt', '>', now.toISOString())
    .orderBy('level', 'desc')
    .orderBy('sentAt', 'desc')
    .limit(100)
    .execute()

export const lockForeign = (db: Db, id: string): Promise<ForeignRow | undefined> =>
  db.selectFrom('foreignAlert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function noteDraft(db: Db, id: string, draftId: string): Promise<void> {
  await db.updateTable('foreignAlert').set({ draftId }).where('id', '=', id).execute()
}

export async function deleteOld(db: Db, before: Date): Promise<number> {
  const [old] = await db
    .deleteFrom('foreignAlert')
    .where('expiresAt', '<', before.toISOString())
    .execute()
  await db.deleteFrom('capDocument').where('triedAt', '<', before.toISOString()).execute()
  return Number(old?.numDeletedRows ?? 0)
}
