import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type StepRow = Selectable<Database['signInStep']>
export type StepKind = StepRow['kind']

export async function insertStep(db: Db, row: Insertable<Database['signInStep']>): Promise<void> {
  await db.insertInto('signInStep').values(row).execute()
}

/** Counts a try at a step that still holds, and locks it; undefined when it is over. */
export async function tryStep(
  db: Db,
  secretHash: string,
  kinds: readonly StepKind[],
  now: Date,
): Promise<StepRow | undefined> {
  return db
    .updateTable('signInStep')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('secretHash', '=', secretHash)
    .where('kind', 'in', kinds)
    .where('expiresAt', '>', now.toISOString())
    .returningAll()
    .executeTakeFirst()
}

export async function findStepOwner(db: Db, secretHash: string): Promise<string | null> {
  const row = await db
    .selectFrom('signInStep')
    .select('officialId')
    .where('secretHash', '=', secretHash)
    .executeTakeFirst()
  return row?.officialId ?? null
}

export async function updateStep(
  db: Db,
  secretHash: string,
  set: { webauthnChallenge?: string; sealedSecret?: string },
): Promise<void> {
  await db.updateTable('signInStep').set(set).where('secretHash', '=', secretHash).execute()
}

/** A step is passed once; false when another request was quicker. */
export async function deleteStep(db: Db, secretHash: string): Promise<boolean> {
  const result = await db
    .deleteFrom('signInStep')
    .where('secretHash', '=', secretHash)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}

/** Ends what an official has begun: after a reset, a new invitation, or the end of the account. */
export async function deleteStepsOf(db: Db, officialId: string): Promise<void> {
  await db.deleteFrom('signInStep').where('officialId', '=', officialId).execute()
}

export async function deleteExpiredSteps(db: Db, now: Date): Promise<number> {
  const result = await db
    .deleteFrom('signInStep')
    .where('expiresAt', '<=', now.toISOString())
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
