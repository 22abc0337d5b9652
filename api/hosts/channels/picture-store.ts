import { type Selectable, sql } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'

export type PictureRow = Selectable<Database['inboundPicture']>
/** Pictures that become one turn together. */
export type PictureGroup = { channel: string; chatKey: string; groupKey: string }
export type NewPicture = Pick<
  PictureRow,
  'eventId' | 'position' | 'source' | 'uniqueId' | 'messageId' | 'caption' | 'language'
>
type PictureKey = Pick<PictureRow, 'channel' | 'eventId' | 'position'>

/** Notes pictures; how many were new (the same event again adds none). */
export async function insertPictures(
  db: Db,
  group: PictureGroup,
  pictures: readonly NewPicture[],
  receivedAt: Date,
): Promise<number> {
  const result = await db
    .insertInto('inboundPicture')
    .values(pictures.map((one) => ({ ...one, ...group, state: 'waiting' as const, receivedAt })))
    .onConflict((oc) => oc.columns(['channel', 'eventId', 'position']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0n)
}

const waiting = (db: Db, group: PictureGroup) =>
  db
    .selectFrom('inboundPicture')
    .selectAll()
    .where('channel', '=', group.channel)
    .where('chatKey', '=', group.chatKey)
    .where('groupKey', '=', group.groupKey)
    .where('state', '=', 'waiting')
    .orderBy('messageId')
    .orderBy('eventId')
    .orderBy('position')

export const findWaiting = (db: Db, group: PictureGroup): Promise<PictureRow[]> =>
  waiting(db, group).execute()

/** The same, locked until the transaction ends. */
export const lockWaiting = (db: Db, group: PictureGroup): Promise<PictureRow[]> =>
  waiting(db, group).forUpdate().execute()

const keyOf = (db: Db, { channel, eventId, position }: PictureKey) =>
  db
    .updateTable('inboundPicture')
    .where('channel', '=', channel)
    .where('eventId', '=', eventId)
    .where('position', '=', position)

/** Keeps what became of a fetch; the first result stays, so that a repeat is the same. */
export async function saveFetched(
  db: Db,
  key: PictureKey,
  set: { mediaId: string } | { failure: string },
): Promise<void> {
  await keyOf(db, key).set(set).where('mediaId', 'is', null).where('failure', 'is', null).execute()
}

export async function countTry(db: Db, key: PictureKey): Promise<void> {
  await keyOf(db, key).set({ tries: sql`tries + 1` }).execute()
}

/** The turn was taken: the key stays, addresses and words go. */
export async function saveDone(db: Db, rows: readonly PictureKey[]): Promise<void> {
  for (const row of rows) {
    await keyOf(db, row).set({ state: 'done', source: '', caption: null }).execute()
  }
}

/** Removes what was done before `before`; how many. */
export async function deleteDone(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('inboundPicture')
    .where('state', '=', 'done')
    .where('receivedAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Groups that wait since before `before`, for whatever reason their job did not finish. */
export async function findStranded(db: Db, before: Date, limit: number): Promise<PictureGroup[]> {
  return db
    .selectFrom('inboundPicture')
    .select(['channel', 'chatKey', 'groupKey'])
    .distinct()
    .where('state', '=', 'waiting')
    .where('receivedAt', '<', before.toISOString())
    .limit(limit)
    .execute()
}
