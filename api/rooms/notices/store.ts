import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'
import type { Reach } from '../identity/index.ts'

export type NoticeRow = Selectable<Database['notice']>
export type NewNotice = Insertable<Database['notice']>

export const insertNotice = (db: Db, row: NewNotice): Promise<NoticeRow> =>
  db.insertInto('notice').values(row).returningAll().executeTakeFirstOrThrow()

export const findNotice = (db: Db, id: string): Promise<NoticeRow | undefined> =>
  db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst()

/** Locked until the transaction ends. */
export const lockNotice = (db: Db, id: string): Promise<NoticeRow | undefined> =>
  db.selectFrom('notice').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Changes a locked notice; the row as it is then. */
export const saveNotice = (
  db: Db,
  id: string,
  set: Updateable<Database['notice']>,
): Promise<NoticeRow> =>
  db
    .updateTable('notice')
    .set({ ...set, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Released ones whose time has come and that were not begun, the oldest time first. */
export const findDue = (db: Db, now: Date, limit: number): Promise<{ id: string }[]> =>
  db
    .selectFrom('notice')
    .select('id')
    .where('state', '=', 'released')
    .where('dispatchStartedAt', 'is', null)
    .where('sendAt', '<=', now.toISOString())
    .orderBy('sendAt')
    .limit(limit)
    .execute()

export type After = { sentAt: string; id: string }

/** What went out and was not stopped, newest first. */
export const findPublic = (
  db: Db,
  { limit, after }: { limit: number; after?: After },
): Promise<NoticeRow[]> =>
  db
    .selectFrom('notice')
    .selectAll()
    .where('state', '=', 'released')
    .where('dispatchStartedAt', 'is not', null)
    .$if(after !== undefined, (qb) =>
      qb.where(
        sql<boolean>`(dispatch_started_at, id) < (${after?.sentAt}::timestamptz, ${after?.id}::uuid)`,
      ),
    )
    .orderBy('dispatchStartedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Notices in reach, newest first: open ones, released ones, or those that ended unsent. */
export async function findOfDesk(
  db: Db,
  reach: Reach,
  states: readonly NoticeRow['state'][],
  limit: number,
): Promise<NoticeRow[]> {
  if (!reach.isEverything && reach.unitCode === undefined) return []
  return db
    .selectFrom('notice')
    .selectAll()
    .where('state', 'in', [...states])
    .$if(!reach.isEverything, (qb) => qb.where('unitCode', '=', reach.unitCode ?? ''))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
