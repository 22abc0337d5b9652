import { sql } from 'kysely'
import type { Db } from '../context.ts'
import { localDate } from '../core/time.ts'

/** Basic plan of the Zalo Bot Platform, page of 2026-09-26. https://bot.zaloplatforms.com/ */
export const ZALO_BOT_PLAN = { users: 50, messagesAMonth: 3_000 } as const
const CHANNEL = 'zalo-bot'

/** Row of `channel_pace` that counts a month of Viet Nam. */
export const quotaKey = (channel: string, now: Date): string =>
  `${channel}#${localDate(now).slice(0, 7)}`

export type PlanUsage = { what: 'users' | 'messages'; used: number; limit: number }

/** How much of the plan is used: people served ever, messages of this month. */
export async function readPlanUsage(db: Db, now: Date): Promise<PlanUsage[]> {
  const { rows } = await sql<{ users: number; messages: number }>`
    select (select count(*) from conversation where channel = ${CHANNEL}) as users,
      coalesce((select used from channel_pace where key = ${quotaKey(CHANNEL, now)}), 0) as messages`.execute(
    db,
  )
  const { users, messages } = rows[0] ?? { users: 0, messages: 0 }
  return [
    { what: 'users', used: users, limit: ZALO_BOT_PLAN.users },
    { what: 'messages', used: messages, limit: ZALO_BOT_PLAN.messagesAMonth },
  ]
}

/** Whether the plan serves this chat: one that was served before, or a new one while there is room. */
export async function hasRoomFor(db: Db, chatKey: string): Promise<boolean> {
  const { rows } = await sql<{ hasRoom: boolean }>`
    select exists (select 1 from conversation where channel = ${CHANNEL} and chat_key = ${chatKey})
      or (select count(*) from conversation where channel = ${CHANNEL}) < ${ZALO_BOT_PLAN.users}
      as has_room`.execute(db)
  return rows[0]?.hasRoom ?? false
}
