import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../context.ts'
import type { Database } from '../db/schema.ts'

export type MediaRow = Selectable<Database['media']>

export async function insertMedia(db: Db, row: Insertable<Database['media']>): Promise<void> {
  await db.insertInto('media').values(row).execute()
}

export async function findMedia(db: Db, id: string): Promise<MediaRow | undefined> {
  return db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst()
}

export async function selectMedia(db: Db, ids: readonly string[]): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('media')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .execute()
}

/** Locks the rows in id order, so that two attachments of the same photos cannot block each other. */
export async function lockMedia(db: Db, ids: readonly string[]): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('media')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function setAttached(db: Db, ids: readonly string[], to: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ attachedTo: to })
    .where('id', 'in', [...ids])
    .execute()
}

/** Gives uploads to a chat. */
export async function setConversation(db: Db, ids: readonly string[], key: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ ownerKind: 'conversation', ownerId: key })
    .where('id', 'in', [...ids])
    .execute()
}

const NOBODYS = {
  ownerKind: 'anonymous',
  ownerId: '',
  takenAt: null,
  takenLng: null,
  takenLat: null,
} as const

/** These photos become nobody's, and where and when they were taken is forgotten. */
export async function clearOrigin(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('media')
    .set(NOBODYS)
    .where('id', 'in', [...ids])
    .execute()
}

/** Photos of this owner become nobody's, and where and when they were taken is forgotten. */
export async function clearOwner(
  db: Db,
  owner: { kind: 'conversation' | 'resident'; id: string },
): Promise<void> {
  await db
    .updateTable('media')
    .set(NOBODYS)
    .where('ownerKind', '=', owner.kind)
    .where('ownerId', '=', owner.id)
    .execute()
}

export async function moveOwner(db: Db, fromId: string, toId: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ ownerId: toId })
    .where('ownerKind', '=', 'resident')
    .where('ownerId', '=', fromId)
    .execute()
}

/** Ids that were not published before. */
export async function setPublished(db: Db, ids: readonly string[], at: Date): Promise<string[]> {
  const rows = await db
    .updateTable('media')
    .set({ publishedAt: at })
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .where('publishedAt', 'is', null)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Ids that were published until now. */
export async function setUnpublished(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .updateTable('media')
    .set({ publishedAt: null })
    .where('id', 'in', [...ids])
    .where('publishedAt', 'is not', null)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Marks unattached media older than `before` as gone and forgets where they were taken; returns their ids. */
export async function markOrphansGone(db: Db, before: Date, limit: number): Promise<string[]> {
  const orphans = db
    .selectFrom('media')
    .select('id')
    .where('state', '=', 'ready')
    .where('attachedTo', 'is', null)
    .where('publishedAt', 'is', null)
    .where('createdAt', '<', before.toISOString())
    .orderBy('createdAt')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const rows = await db
    .updateTable('media')
    .set({ state: 'gone', takenAt: null, takenLng: null, takenLat: null })
    .where('id', 'in', orphans)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Marks these media as gone and forgets where they were taken; returns the ids of those that were there. */
export async function markGone(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .updateTable('media')
    .set({ state: 'gone', takenAt: null, takenLng: null, takenLat: null })
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Gone media whose objects may still lie in the storage (`storageKey` is emptied once they do not). */
export async function listUnswept(db: Db, limit: number): Promise<MediaRow[]> {
  return db
    .selectFrom('media')
    .selectAll()
    .where('state', '=', 'gone')
    .where('storageKey', '<>', '')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function setSwept(db: Db, id: string): Promise<void> {
  await db
    .updateTable('media')
    .set({ storageKey: '', thumbKey: null, redacted: null })
    .where('id', '=', id)
    .execute()
}

type Redacted = NonNullable<MediaRow['redacted']>

/** Every object of the storage that a row names. */
export const objectKeys = (row: Pick<MediaRow, 'storageKey' | 'thumbKey' | 'redacted'>): string[] =>
  [row.storageKey, row.thumbKey, row.redacted?.key, row.redacted?.thumbKey].filter(
    (key): key is string => typeof key === 'string',
  )

export async function setRedacted(db: Db, id: string, made: Redacted | null): Promise<void> {
  await db
    .updateTable('media')
    .set({ redacted: made === null ? null : JSON.stringify(made) })
    .where('id', '=', id)
    .execute()
}

export const lockRedacted = async (db: Db, ids: readonly string[]): Promise<MediaRow[]> =>
  (await lockMedia(db, ids)).filter((row) => row.redacted !== null)

/** What was covered is all that is left: it takes the original's place. */
export async function setOriginalGone(db: Db, id: string, made: Redacted): Promise<void> {
  const { key: storageKey, thumbKey, sha256, contentType } = made
  await db
    .updateTable('media')
    .set({ storageKey, thumbKey, sha256, contentType, redacted: null })
    .where('id', '=', id)
    .execute()
}

/** A channel keeps pictures that were sent once under names of its own; the next message uploads what is shown now. */
export async function forgetUploads(db: Db, url: string): Promise<void> {
  await db.deleteFrom('channelAttachment').where('url', '=', url).execute()
}

export async function addLeftovers(db: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await db
    .insertInto('mediaLeftover')
    .values(keys.map((storageKey) => ({ storageKey })))
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function listLeftovers(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('mediaLeftover').selectAll().limit(limit).execute()
  return rows.map((row) => row.storageKey)
}

export async function dropLeftover(db: Db, storageKey: string): Promise<void> {
  await db.deleteFrom('mediaLeftover').where('storageKey', '=', storageKey).execute()
}
