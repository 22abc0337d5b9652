import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type ProviderRow = Selectable<Database['officialProvider']>

export const findProvider = (db: Db, officialId: string): Promise<ProviderRow | undefined> =>
  db
    .selectFrom('officialProvider')
    .selectAll()
    .where('officialId', '=', officialId)
    .forUpdate()
    .executeTakeFirst()

export const findBySubject = (
  db: Db,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<ProviderRow | undefined> =>
  db
    .selectFrom('officialProvider')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()

/** Locked: two first sign-ins at once link once. */
export const findByProviderEmail = (db: Db, email: string): Promise<ProviderRow | undefined> =>
  db
    .selectFrom('officialProvider')
    .selectAll()
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirst()

/** False when the address is somebody else's. */
export async function insertProvider(
  db: Db,
  row: { officialId: string; email: string },
): Promise<boolean> {
  const result = await db
    .insertInto('officialProvider')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0n) > 0
}

export async function linkSubject(
  db: Db,
  officialId: string,
  link: { issuer: string; subject: string; linkedAt: Date },
): Promise<void> {
  await db.updateTable('officialProvider').set(link).where('officialId', '=', officialId).execute()
}

export async function deleteProvider(db: Db, officialId: string): Promise<void> {
  await db.deleteFrom('officialProvider').where('officialId', '=', officialId).execute()
}
