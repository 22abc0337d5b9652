import type { Selectable } from 'kysely'
import type { Language } from '../../../../locales/index.ts'
import type { Db } from '../../../context.ts'
import { PREPARED } from '../../../db/prepared.ts'
import type { Database } from '../../../db/schema.ts'

export type ResidentRow = Selectable<Database['resident']>
export type LinkRow = Selectable<Database['channelLink']>
export type ChatAddress = { channel: string; chatKey: string }

export async function findResident(db: Db, id: string): Promise<ResidentRow | undefined> {
  return db.selectFrom('resident').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findResidentNames(
  db: Db,
  ids: readonly string[],
): Promise<{ id: string; displayName: string | null }[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('resident')
    .select(['id', 'displayName'])
    .where('id', 'in', [...ids])
    .execute()
}

export async function insertResident(
  db: Db,
  row: { id: string; language: Language; createdAt: Date },
): Promise<ResidentRow> {
  return db.insertInto('resident').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function deleteResident(db: Db, id: string): Promise<void> {
  await db.deleteFrom('resident').where('id', '=', id).execute()
}

export async function setResidentLanguage(db: Db, id: string, language: Language): Promise<void> {
  await db.updateTable('resident').set({ language }).where('id', '=', id).execute()
}

export async function updateResident(
  db: Db,
  id: string,
  change: { language: Language; displayName: string | null },
): Promise<void> {
  await db.updateTable('resident').set(change).where('id', '=', id).execute()
}

/** Addresses that prove who somebody is, and that no message can be sent to. */
export const PROOF_CHANNELS = ['zalo-mini-app', 'oidc'] as const

/** Empties the row; false when it was empty already or is not there. */
export async function eraseResidentRow(db: Db, id: string, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('resident')
    .set({ displayName: null, erasedAt: now })
    .where('id', '=', id)
    .where('erasedAt', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

export async function findLink(db: Db, chat: ChatAddress): Promise<LinkRow | undefined> {
  return db
    .selectFrom('channelLink')
    .selectAll()
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .modifyEnd(PREPARED)
    .executeTakeFirst()
}

/** Links a chat; false when somebody else linked it first (their transaction has committed by then). */
export async function insertLink(
  db: Db,
  link: ChatAddress & { id: string; residentId: string; now: Date },
): Promise<boolean> {
  const { now, ...row } = link
  const inserted = await db
    .insertInto('channelLink')
    .values({ ...row, state: 'active', createdAt: now, updatedAt: now })
    .onConflict((oc) => oc.columns(['channel', 'chatKey']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Moves a link to `state`; its id when that changed anything. */
export async function setLinkState(
  db: Db,
  chat: ChatAddress,
  state: LinkRow['state'],
  now: Date,
): Promise<string | undefined> {
  const row = await db
    .updateTable('channelLink')
    .set({ state, updatedAt: now })
    .where('channel', '=', chat.channel)
    .where('chatKey', '=', chat.chatKey)
    .where('state', '!=', state)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** All links of a resident, the last changed first. */
export async function findLinks(db: Db, residentId: string): Promise<LinkRow[]> {
  return db
    .selectFrom('channelLink')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('updatedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function deleteLinks(db: Db, residentId: string): Promise<void> {
  await db.deleteFrom('channelLink').where('residentId', '=', residentId).execute()
}
