import { type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'
import type { Topic, TopicKind } from '../schema.ts'

export type SubscriptionRow = Selectable<Database['subscription']>

export async function findSubscriptions(db: Db, residentId: string): Promise<SubscriptionRow[]> {
  return db
    .selectFrom('subscription')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('kind')
    .orderBy('id')
    .execute()
}

/** Adds a topic; a known one takes the new level and becomes whole again after a stop. True when that changed anything. */
export async function saveSubscription(
  db: Db,
  row: { id: string; residentId: string; topic: Topic; now: Date },
): Promise<boolean> {
  const { id, residentId, topic, now } = row
  const result = await sql`
    insert into subscription (id, resident_id, kind, unit_code, hamlet_id, only_life_safety, min_level, created_at)
    values (${id}::uuid, ${residentId}::uuid, ${topic.kind}, ${topic.unitCode ?? null},
      ${topic.hamletId ?? null}::uuid, false, ${topic.minLevel ?? 1}, ${now.toISOString()}::timestamptz)
    on conflict (resident_id, kind, coalesce(unit_code, ''), coalesce(hamlet_id::text, ''))
    do update set only_life_safety = false, min_level = excluded.min_level
      where subscription.only_life_safety or subscription.min_level <> excluded.min_level
    returning id`.execute(db)
  return result.rows.length > 0
}

export async function deleteSubscription(
  db: Db,
  residentId: string,
  topic: Topic,
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('subscription')
    .where('residentId', '=', residentId)
    .where('kind', '=', topic.kind)
    .where('unitCode', 'is not distinct from', topic.unitCode ?? null)
    .where('hamletId', 'is not distinct from', topic.hamletId ?? null)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Ends all topics but those that may concern life, which keep only that; what was ended and what was narrowed. */
export async function stopSubscriptions(
  db: Db,
  residentId: string,
  kept: readonly TopicKind[],
): Promise<{ ended: number; narrowed: number }> {
  const ended = await db
    .deleteFrom('subscription')
    .where('residentId', '=', residentId)
    .where('kind', 'not in', [...kept])
    .executeTakeFirst()
  const narrowed = await db
    .updateTable('subscription')
    .set({ onlyLifeSafety: true })
    .where('residentId', '=', residentId)
    .where('onlyLifeSafety', '=', false)
    .executeTakeFirst()
  return { ended: Number(ended.numDeletedRows), narrowed: Number(narrowed.numUpdatedRows) }
}

export async function deleteSubscriptions(db: Db, residentId: string): Promise<number> {
  const result = await db
    .deleteFrom('subscription')
    .where('residentId', '=', residentId)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Whether a resident wants messages of a kind anywhere. */
export async function hasSubscription(
  db: Db,
  residentId: string,
  kind: TopicKind,
  isLifeSafety: boolean,
): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('id')
    .where('residentId', '=', residentId)
    .where('kind', '=', kind)
    .$if(!isLifeSafety, (qb) => qb.where('onlyLifeSafety', '=', false))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Hands topics over; those that both have stay once, whole when either was, from the lower level on. */
export async function moveSubscriptions(db: Db, fromId: string, intoId: string): Promise<void> {
  await sql`
    update subscription i set only_life_safety = i.only_life_safety and f.only_life_safety,
      min_level = least(i.min_level, f.min_level)
    from subscription f
    where i.resident_id = ${intoId}::uuid and f.resident_id = ${fromId}::uuid
      and i.kind = f.kind
      and i.unit_code is not distinct from f.unit_code
      and i.hamlet_id is not distinct from f.hamlet_id`.execute(db)
  await sql`
    update subscription f set resident_id = ${intoId}::uuid
    where f.resident_id = ${fromId}::uuid and not exists (
      select 1 from subscription i
      where i.resident_id = ${intoId}::uuid and i.kind = f.kind
        and i.unit_code is not distinct from f.unit_code
        and i.hamlet_id is not distinct from f.hamlet_id)`.execute(db)
  await deleteSubscriptions(db, fromId)
}
