import { sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { OfficialRow } from './officials.ts'

export type ListedOfficial = OfficialRow & {
  hasSecondFactor: boolean
  providerEmail: string | null
  isProviderLinked: boolean
}

/** All officials with what the admin's list shows, those who can sign in first, by name. */
export async function findOfficials(db: Db, officialId?: string): Promise<ListedOfficial[]> {
  return db
    .selectFrom('official')
    .leftJoin('officialProvider', 'officialProvider.officialId', 'official.id')
    .selectAll('official')
    .select('officialProvider.email as providerEmail')
    .select(sql<boolean>`official_provider.subject is not null`.as('isProviderLinked'))
    .select(
      sql<boolean>`exists (select 1 from official_factor f where f.official_id = official.id)`.as(
        'hasSecondFactor',
      ),
    )
    .$if(officialId !== undefined, (qb) => qb.where('official.id', '=', officialId ?? ''))
    .orderBy(sql`disabled_at is not null`)
    .orderBy('official.displayName')
    .orderBy('official.id')
    .execute()
}

/** Changes a row if nobody did since `version`; false otherwise. */
export async function updateOfficial(
  db: Db,
  known: { id: string; version: number },
  set: Partial<
    Pick<OfficialRow, 'displayName' | 'roles' | 'capabilities' | 'unitCode' | 'agencyCode'>
  > & { passwordHash?: string; disabledAt?: null },
): Promise<boolean> {
  const result = await db
    .updateTable('official')
    .set({ ...set, version: known.version + 1 })
    .where('id', '=', known.id)
    .where('version', '=', known.version)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

/** Enabled officials of a unit (null: of the city's desks), by name. */
export async function findColleagues(db: Db, unitCode: string | null): Promise<OfficialRow[]> {
  return db
    .selectFrom('official')
    .selectAll()
    .where('disabledAt', 'is', null)
    .where((eb) => (unitCode === null ? eb('unitCode', 'is', null) : eb('unitCode', '=', unitCode)))
    .orderBy('displayName')
    .orderBy('id')
    .execute()
}
