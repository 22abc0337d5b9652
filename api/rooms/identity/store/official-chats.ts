import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { OfficialRow } from './officials.ts'
import type { ChatAddress } from './residents.ts'
import { approvesForOthers } from './roster.ts'

export type OfficialChatRow = Selectable<Database['officialChat']>

/** Replaces the official's open codes by this one. */
export async function replaceChatCode(
  db: Db,
  code: { codeHash: string; officialId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db
    .deleteFrom('officialChatCode')
    .where('officialId', '=', code.officialId)
    .where('usedAt', 'is', null)
    .execute()
  await db.insertInto('officialChatCode').values(code).execute()
}

/** Spends a code that is still good; undefined when there is none. */
export async function spendChatCode(
  db: Db,
  codeHash: string,
  now: Date,
): Promise<string | undefined> {
  const row = await db
    .updateTable('officialChatCode')
    .set({ usedAt: now })
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now.toISOString())
    .returning('officialId')
    .executeTakeFirst()
  return row?.officialId
}

export async function deleteOldChatCodes(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('officialChatCode')
    .where('expiresAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Gives a chat to an official; who had it before no longer does. */
export async function putOfficialChat(
  db: Db,
  row: ChatAddress & { id: string; officialId: string; createdAt: Date },
): Promise<void> {
  await db
    .insertInto('officialChat')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['channel', 'chatKey']).doUpdateSet({
        id: row.id,
        officialId: row.officialId,
        createdAt: row.createdAt,
      }),
    )
    .execute()
}

/** The enabled official whose chat it is. */
export async function findOfficialOfChat(
  db: Db,
  { channel, chatKey }: ChatAddress,
): Promise<OfficialRow | undefined> {
  return db
    .selectFrom('officialChat')
    .innerJoin('official', 'official.id', 'officialChat.officialId')
    .selectAll('official')
    .where('officialChat.channel', '=', channel)
    .where('officialChat.chatKey', '=', chatKey)
    .where('official.disabledAt', 'is', null)
    .executeTakeFirst()
}

/** The chats of these officials, the oldest first. */
export async function findOfficialChats(
  db: Db,
  officialIds: readonly string[],
): Promise<(OfficialChatRow & { language: 'vi' | 'en' })[]> {
  if (officialIds.length === 0) return []
  return db
    .selectFrom('officialChat')
    .innerJoin('official', 'official.id', 'officialChat.officialId')
    .selectAll('officialChat')
    .select('official.language')
    .where('officialChat.officialId', 'in', [...officialIds])
    .where('official.disabledAt', 'is', null)
    .orderBy('officialChat.id')
    .execute()
}

/** Takes one of an official's chats off; false when it is none of theirs. */
export async function deleteOfficialChat(
  db: Db,
  own: { id: string; officialId: string },
): Promise<boolean> {
  const result = await db
    .deleteFrom('officialChat')
    .where('id', '=', own.id)
    .where('officialId', '=', own.officialId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Every chat of every enabled official, with what they may do now. */
export const findAllOfficialChats = (db: Db, now: Date) =>
  db
    .selectFrom('officialChat')
    .innerJoin('official', 'official.id', 'officialChat.officialId')
    .selectAll('official')
    .select(['officialChat.channel', 'officialChat.chatKey'])
    .select(approvesForOthers(now).as('approvesForOthers'))
    .where('official.disabledAt', 'is', null)
    .orderBy('officialChat.id')
    .execute()
