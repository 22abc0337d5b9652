import type { Db } from '../../../context.ts'
import type { DatedTerm } from '../../../db/retention.ts'
import type { CalendarDay, Population } from './schema.ts'

export const listAllAgencies = (db: Db) =>
  db
    .selectFrom('areaAgency')
    .select(['code', 'unitCode', 'nameVi', 'nameEn', 'kind'])
    .select(['successorCode', 'validFrom', 'validTo'])
    .orderBy('unitCode')
    .orderBy('code')
    .execute()

export const listOffices = (db: Db) =>
  db
    .selectFrom('areaOffice')
    .select(['agencyCode', 'unitCode', 'nameVi', 'nameEn', 'addressVi', 'lng', 'lat', 'hours'])
    .select('source')
    .orderBy('unitCode')
    .orderBy('nameVi')
    .execute()

/** Hamlets of a unit, past ones too. */
export const listHamletRows = (db: Db, unitCode: string) =>
  db
    .selectFrom('areaHamlet')
    .select(['unitCode', 'name', 'kind', 'lng', 'lat', 'validFrom', 'validTo', 'source'])
    .where('unitCode', '=', unitCode)
    .orderBy('folded')
    .orderBy('validFrom')
    .execute()

export const listRoutes = (db: Db) =>
  db
    .selectFrom('incidentRoute')
    .select(['category', 'kind', 'unitCode', 'agencyCode', 'dueInWorkingDays'])
    .orderBy('category')
    .orderBy('unitCode')
    .orderBy('kind')
    .execute()

export const listDays = (db: Db): Promise<CalendarDay[]> =>
  db.selectFrom('calendarDay').selectAll().orderBy('date').execute()

export const listPopulations = (db: Db): Promise<Population[]> =>
  db.selectFrom('areaPopulation').selectAll().orderBy('unitCode').execute()

/** True when that changes something. */
export async function upsertTerm(db: Db, term: DatedTerm): Promise<boolean> {
  const { days } = term
  const result = await db
    .insertInto('retentionTerm')
    .values(term)
    .onConflict((oc) =>
      oc
        .columns(['kept', 'validFrom'])
        .doUpdateSet({ days })
        .where('retentionTerm.days', '<>', days),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function upsertDay(db: Db, day: CalendarDay): Promise<void> {
  await db
    .insertInto('calendarDay')
    .values(day)
    .onConflict((oc) => oc.column('date').doUpdateSet(day))
    .execute()
}

/** True when there was such a day. */
export async function deleteDay(db: Db, date: string): Promise<boolean> {
  const result = await db.deleteFrom('calendarDay').where('date', '=', date).executeTakeFirst()
  return result.numDeletedRows > 0n
}

export async function upsertPopulation(db: Db, row: Population): Promise<void> {
  await db
    .insertInto('areaPopulation')
    .values(row)
    .onConflict((oc) => oc.column('unitCode').doUpdateSet(row))
    .execute()
}
