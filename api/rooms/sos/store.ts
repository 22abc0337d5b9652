import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../../context.ts'
import type { Database } from '../../db/schema.ts'

export type SosRow = Selectable<Database['sosCase']>
export type NoteRow = Selectable<Database['sosNote']>

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
