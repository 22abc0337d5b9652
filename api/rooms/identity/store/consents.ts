import type { Selectable } from 'kysely'
import type { Db } from '../../../context.ts'
import type { Database } from '../../../db/schema.ts'

export type ConsentTextRow = Selectable<Database['consentText']>
export type ConsentRow = Selectable<Database['consent']>

/** Adds the versions that are not there yet; a published version is never changed. */
export async function insertConsentTexts(
  db: Db,
  texts: readonly Omit<ConsentTextRow, 'publishedAt'>[],
  now: Date,
): Promise<void> {
  await db
    .insertInto('consentText')
    .values(texts.map((text) => ({ ...text, publishedAt: now })))
    .onConflict((oc) => oc.columns(['purpose', 'version']).doNothing())
    .execute()
}

export async function findCurrentText(
  db: Db,
  purpose: string,
): Promise<ConsentTextRow | undefined> {
  return db
    .selectFrom('consentText')
    .selectAll()
    .where('purpose', '=', purpose)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The consent that holds now, if any. */
export async function findOpenConsent(
  db: Db,
  residentId: string,
  purpose: string,
): Promise<ConsentRow | undefined> {
  return db
    .selectFrom('consent')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('purpose', '=', purpose)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst()
}

/** Keeps the proof; undefined when one is open already (the same press twice at once). */
export async function insertConsent(
  db: Db,
  row: Omit<ConsentRow, 'givenAt' | 'withdrawnAt'> & { givenAt: Date },
): Promise<ConsentRow | undefined> {
  return db
    .insertInto('consent')
    .values(row)
    .onConflict((oc) =>
      oc.columns(['residentId', 'purpose']).where('withdrawnAt', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
}

/** Ends open consents (of one purpose, or all); the proof stays. Answers what was ended. */
export async function closeConsents(
  db: Db,
  residentId: string,
  purpose: string | undefined,
  now: Date,
): Promise<Pick<ConsentRow, 'id' | 'purpose' | 'version'>[]> {
  return db
    .updateTable('consent')
    .set({ withdrawnAt: now })
    .where('residentId', '=', residentId)
    .where('withdrawnAt', 'is', null)
    .$if(purpose !== undefined, (qb) => qb.where('purpose', '=', purpose ?? ''))
    .returning(['id', 'purpose', 'version'])
    .execute()
}

export async function findConsents(db: Db, residentId: string): Promise<ConsentRow[]> {
  return db
    .selectFrom('consent')
    .selectAll()
    .where('residentId', '=', residentId)
    .orderBy('givenAt')
    .orderBy('id')
    .execute()
}
