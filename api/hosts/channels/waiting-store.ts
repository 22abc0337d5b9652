import { type Selectable, sql } from 'kysely'
import type { Db } from '../../context.ts'
import { PREPARED } from '../../db/prepared.ts'
import type { Database } from '../../db/schema.ts'

export type WaitingRow = Selectable<Database['inboundWaiting']>
export type NewEvent = Pick<WaitingRow, 'channel' | 'eventId' | 'chatKey' | 'body'>

/** The same event again adds nothing. */
export async function insertEvent(db: Db, event: NewEvent, now: Date): Promise<void> {
  await db
    .insertInto('inboundWaiting')
    .values({ ...event, runAt: now, receivedAt: now })
    .onConflict((oc) => oc.columns(['channel', 'eventId']).doNothing())
    .modifyEnd(PREPARED)
    .execute()
}

/**
 * Removes and returns the oldest event that is due and has none of its chat before it; undefined: none. It is back when
 * the transaction fails. What another process holds is passed over, and so is the rest of that chat.
 */
export function claimEvent(db: Db, now: Date): Promise<WaitingRow | undefined> {
  return db
    .deleteFrom('inboundWaiting')
    .where('id', '=', (eb) =>
      eb
        .selectFrom('inboundWaiting as w')
        .select('w.id')
        .where('w.runAt', '<=', now.toISOString())
        // Written so that a plan made while the table was small (walk by id, stop at the first) stays good when it is long.
        .where(({ selectFrom }) => {
          const first = selectFrom('inboundWaiting as first')
            .select('first.id')
            .whereRef('first.chatKey', '=', 'w.chatKey')
            .whereRef('first.channel', '=', 'w.channel')
            .where('first.runAt', 'is not', null)
            .orderBy('first.id')
            .limit(1)
          return sql<boolean>`coalesce(${first}, w.id) >= w.id`
        })
        .orderBy('w.id')
        .limit(1)
        .forUpdate('w')
        .skipLocked(),
    )
    .returningAll()
    .modifyEnd(PREPARED)
    .executeTakeFirst()
}

/** After a failed turn: due again at `runAt`; null: given up. */
export async function putBack(db: Db, id: number, runAt: Date | null): Promise<void> {
  await db
    .updateTable('inboundWaiting')
    .set({ runAt, tries: sql`tries + 1` })
    .where('id', '=', id)
    .execute()
}

/** Removes what came before `before` and was given up. */
export async function deleteFailed(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('inboundWaiting')
    .where('runAt', 'is', null)
    .where('receivedAt', '<', before.toISOString())
    .execute()
}

/** Removes what a person's chat has that was given up. */
export async function deleteFailedOf(
  db: Db,
  { channel, chatKey }: Pick<WaitingRow, 'channel' | 'chatKey'>,
): Promise<void> {
  await db
    .deleteFrom('inboundWaiting')
    .where('runAt', 'is', null)
    .where('channel', '=', channel)
    .where('chatKey', '=', chatKey)
    .execute()
}
