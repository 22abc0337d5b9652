import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import { chatId, type Interactions } from '../policy/channel.ts'
import { DEFAULT_QUIET, type QuietHours } from '../policy/quiet.ts'

export type Profile = { channelOrder: string[]; quiet: QuietHours }

/** What a resident chose; the defaults while they chose nothing. */
export async function findProfile(db: Db, residentId: string): Promise<Profile> {
  const row = await db
    .selectFrom('deliveryProfile')
    .selectAll()
    .where('residentId', '=', residentId)
    .executeTakeFirst()
  if (row === undefined) return { channelOrder: [], quiet: DEFAULT_QUIET }
  return { channelOrder: row.channelOrder, quiet: { from: row.quietFrom, to: row.quietTo } }
}

export async function saveProfile(
  db: Db,
  residentId: string,
  { channelOrder, quiet }: Profile,
  now: Date,
): Promise<void> {
  const set = {
    channelOrder,
    quietFrom: quiet.from,
    quietTo: quiet.to,
    updatedAt: now,
  }
  await db
    .insertInto('deliveryProfile')
    .values({ residentId, ...set })
    .onConflict((oc) => oc.column('residentId').doUpdateSet(set))
    .execute()
}

export async function deleteProfile(db: Db, residentId: string): Promise<void> {
  await db.deleteFrom('deliveryProfile').where('residentId', '=', residentId).execute()
}

/** The choices of the one who lives on stay; without any, the other's come along. */
export async function moveProfile(db: Db, fromId: string, intoId: string): Promise<void> {
  await sql`
    update delivery_profile f set resident_id = ${intoId}::uuid
    where f.resident_id = ${fromId}::uuid
      and not exists (select 1 from delivery_profile where resident_id = ${intoId}::uuid)`.execute(
    db,
  )
  await deleteProfile(db, fromId)
}

/** Remembers the latest time that a person did something in a chat. */
export async function saveInteraction(
  db: Db,
  chat: { channel: string; chatKey: string },
  at: Date,
): Promise<void> {
  const { channel, chatKey } = chat
  await db
    .insertInto('channelWindow')
    .values({ channel, chatKey, lastInteractionAt: at })
    .onConflict((oc) =>
      oc.columns(['channel', 'chatKey']).doUpdateSet({
        lastInteractionAt: sql`greatest(channel_window.last_interaction_at, excluded.last_interaction_at)`,
      }),
    )
    .execute()
}

/** The channel said that a window is over, whatever we thought: at best it ended at `at`. */
export async function saveWindowOver(
  db: Db,
  chat: { channel: string; chatKey: string },
  at: Date,
): Promise<void> {
  const { channel, chatKey } = chat
  await db
    .insertInto('channelWindow')
    .values({ channel, chatKey, lastInteractionAt: at })
    .onConflict((oc) =>
      oc.columns(['channel', 'chatKey']).doUpdateSet({
        lastInteractionAt: sql`least(channel_window.last_interaction_at, excluded.last_interaction_at)`,
      }),
    )
    .execute()
}

export async function findInteractions(
  db: Db,
  chats: readonly { channel: string; chatKey: string }[],
): Promise<Interactions> {
  if (chats.length === 0) return new Map()
  const rows = await db
    .selectFrom('channelWindow')
    .selectAll()
    .where((eb) => eb.or(chats.map(({ channel, chatKey }) => eb.and({ channel, chatKey }))))
    .execute()
  return new Map(
    rows.map((row) => [chatId(row.channel, row.chatKey), new Date(row.lastInteractionAt)]),
  )
}

/** Chats that have been silent so long that no window can be open; returns how many were forgotten. */
export async function deleteOldInteractions(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('channelWindow')
    .where('lastInteractionAt', '<', before.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
