import type { Selectable } from 'kysely'
import type { Db } from '../../context.ts'
import type { Box } from '../../core/geo.ts'
import { PREPARED } from '../../db/prepared.ts'
import type { Database } from '../../db/schema.ts'
import type { CalendarDay } from './data/calendar.ts'
import type { Boundary, BoundaryLevel } from './policy/boundaries.ts'
import type { Hamlet } from './policy/hamlet-file.ts'

/** All SQL of areas. Dates are `YYYY-MM-DD`; a row with `validTo` holds through that day. */
export type HamletRecord = Selectable<Database['areaHamlet']>
export type AgencyRecord = Selectable<Database['areaAgency']>
export type OfficeRecord = Selectable<Database['areaOffice']>
export type HotlineRecord = Selectable<Database['areaHotline']>
export type BoundaryRecord = Pick<
  Selectable<Database['areaBoundary']>,
  'level' | 'code' | 'polygons'
>

const hamletsOn = (db: Db, date: string | undefined) =>
  db
    .selectFrom('areaHamlet')
    .selectAll()
    .$if(date === undefined, (qb) => qb.where('validTo', 'is', null))
    .$if(date !== undefined, (qb) =>
      qb
        .where('validFrom', '<=', date ?? '')
        .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>=', date ?? '')])),
    )

/** Hamlets that exist on `date` (undefined: that have no last day), of one unit or of all. */
export const selectHamlets = (
  db: Db,
  date: string | undefined,
  unitCode?: string,
): Promise<HamletRecord[]> =>
  hamletsOn(db, date)
    .$if(unitCode !== undefined, (qb) => qb.where('unitCode', '=', unitCode ?? ''))
    .orderBy('unitCode')
    .orderBy('name')
    .modifyEnd(PREPARED)
    .execute()

/** Hamlets whose key is one of `keys`: what a text may name, without reading all. */
export const selectHamletsByKey = (
  db: Db,
  date: string,
  keys: readonly string[],
): Promise<HamletRecord[]> =>
  keys.length === 0
    ? Promise.resolve([])
    : hamletsOn(db, date)
        .where('folded', 'in', [...keys])
        .orderBy('unitCode')
        .execute()

/** A hamlet by its id, past ones too: a case keeps what it was given. */
export const selectHamlet = (db: Db, id: string): Promise<HamletRecord | undefined> =>
  db.selectFrom('areaHamlet').selectAll().where('id', '=', id).executeTakeFirst()

export const selectAllHamlets = (db: Db): Promise<HamletRecord[]> =>
  db.selectFrom('areaHamlet').selectAll().execute()

export async function insertHamlet(
  db: Db,
  id: string,
  hamlet: Hamlet,
  source: string,
): Promise<void> {
  await db
    .insertInto('areaHamlet')
    .values({ id, ...hamlet, source })
    .execute()
}

export async function updateHamlet(
  db: Db,
  id: string,
  hamlet: Hamlet,
  source: string,
): Promise<void> {
  await db
    .updateTable('areaHamlet')
    .set({ ...hamlet, source })
    .where('id', '=', id)
    .execute()
}

/** Boundaries whose box holds the point; the exact test is the caller's. */
export const selectBoundariesAround = (db: Db, box: Box): Promise<BoundaryRecord[]> =>
  db
    .selectFrom('areaBoundary')
    .select(['level', 'code', 'polygons'])
    .where('west', '<=', box.east)
    .where('east', '>=', box.west)
    .where('south', '<=', box.north)
    .where('north', '>=', box.south)
    .orderBy('level')
    .orderBy('code')
    .execute()

/** The stored shapes of one level, with where they came from. */
export const selectBoundaries = (db: Db, level: BoundaryLevel) =>
  db
    .selectFrom('areaBoundary')
    .select(['code', 'polygons', 'source'])
    .where('level', '=', level)
    .orderBy('code')
    .execute()

export const selectBoundaryCodes = async (db: Db, level: BoundaryLevel): Promise<string[]> => {
  const rows = await db
    .selectFrom('areaBoundary')
    .select('code')
    .where('level', '=', level)
    .orderBy('code')
    .execute()
  return rows.map((row) => row.code)
}

export async function upsertBoundary(
  db: Db,
  row: { id: string; level: BoundaryLevel; boundary: Boundary; source: string; importedAt: Date },
): Promise<void> {
  const { box, polygons, code } = row.boundary
  const values = {
    ...box,
    polygons: JSON.stringify(polygons),
    source: row.source,
    importedAt: row.importedAt,
  }
  await db
    .insertInto('areaBoundary')
    .values({ id: row.id, level: row.level, code, ...values })
    .onConflict((oc) => oc.columns(['level', 'code']).doUpdateSet(values))
    .execute()
}

/** Agencies that exist on `date` (undefined: that have no last day): of the unit and of the whole city, or all. */
export const selectAgencies = (
  db: Db,
  date: string | undefined,
  unitCode?: string,
): Promise<AgencyRecord[]> =>
  db
    .selectFrom('areaAgency')
    .selectAll()
    .$if(date === undefined, (qb) => qb.where('validTo', 'is', null))
    .$if(date !== undefined, (qb) =>
      qb
        .where('validFrom', '<=', date ?? '')
        .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>=', date ?? '')])),
    )
    .$if(unitCode !== undefined, (qb) =>
      qb.where((eb) => eb.or([eb('unitCode', '=', unitCode ?? ''), eb('unitCode', 'is', null)])),
    )
    .orderBy('unitCode')
    .orderBy('nameVi')
    .execute()

/** An agency by its code, past ones too. */
export const selectAgency = (db: Db, code: string): Promise<AgencyRecord | undefined> =>
  db.selectFrom('areaAgency').selectAll().where('code', '=', code).executeTakeFirst()

export async function insertAgency(db: Db, row: AgencyRecord): Promise<void> {
  await db.insertInto('areaAgency').values(row).execute()
}

export async function updateAgency(db: Db, row: AgencyRecord): Promise<void> {
  await db.updateTable('areaAgency').set(row).where('code', '=', row.code).execute()
}

export const selectOffices = (db: Db, unitCode: string): Promise<OfficeRecord[]> =>
  db
    .selectFrom('areaOffice')
    .selectAll()
    .where('unitCode', '=', unitCode)
    .orderBy('nameVi')
    .execute()

export const selectOffice = (
  db: Db,
  key: { agencyCode: string; unitCode: string; nameVi: string },
): Promise<OfficeRecord | undefined> =>
  db
    .selectFrom('areaOffice')
    .selectAll()
    .where('agencyCode', '=', key.agencyCode)
    .where('unitCode', '=', key.unitCode)
    .where('nameVi', '=', key.nameVi)
    .executeTakeFirst()

export async function insertOffice(db: Db, row: OfficeRecord): Promise<void> {
  await db
    .insertInto('areaOffice')
    .values({ ...row, hours: JSON.stringify(row.hours) })
    .execute()
}

export async function updateOffice(db: Db, row: OfficeRecord): Promise<void> {
  await db
    .updateTable('areaOffice')
    .set({ ...row, hours: JSON.stringify(row.hours) })
    .where('id', '=', row.id)
    .execute()
}

/** Hotlines of the whole city, and of the unit when given. */
export const selectHotlines = (db: Db, unitCode?: string): Promise<HotlineRecord[]> =>
  db
    .selectFrom('areaHotline')
    .selectAll()
    .where((eb) => eb.or([eb('unitCode', 'is', null), eb('unitCode', '=', unitCode ?? '')]))
    .orderBy('position')
    .orderBy('code')
    .modifyEnd(PREPARED)
    .execute()

export const selectHotline = (db: Db, code: string): Promise<HotlineRecord | undefined> =>
  db.selectFrom('areaHotline').selectAll().where('code', '=', code).executeTakeFirst()

export async function insertHotline(db: Db, row: HotlineRecord): Promise<void> {
  await db.insertInto('areaHotline').values(row).execute()
}

export async function updateHotline(db: Db, row: HotlineRecord): Promise<void> {
  await db.updateTable('areaHotline').set(row).where('code', '=', row.code).execute()
}

/** Adds hotlines that are not there; one that an official has changed stays as it is. */
export async function insertMissingHotlines(db: Db, rows: readonly HotlineRecord[]): Promise<void> {
  await db
    .insertInto('areaHotline')
    .values([...rows])
    .onConflict((oc) => oc.column('code').doNothing())
    .execute()
}

export const selectCalendar = (db: Db) =>
  db
    .selectFrom('calendarDay')
    .select(['date', 'kind', 'confirmed', 'nameVi', 'nameEn'])
    .orderBy('date')
    .execute()

/** Ships the days: adds what is missing, replaces what was not confirmed, drops former estimates from `today` on. */
export async function mergeCalendar(
  db: Db,
  days: readonly CalendarDay[],
  estimate: string,
  today: string,
): Promise<void> {
  await db
    .deleteFrom('calendarDay')
    .where('confirmed', '=', false)
    .where('source', '=', estimate)
    .where('date', '>=', today)
    .where(
      'date',
      'not in',
      days.map((day) => day.date),
    )
    .execute()
  await db
    .insertInto('calendarDay')
    .values([...days])
    .onConflict((oc) =>
      oc
        .column('date')
        .doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          nameVi: eb.ref('excluded.nameVi'),
          nameEn: eb.ref('excluded.nameEn'),
          source: eb.ref('excluded.source'),
          confirmed: eb.ref('excluded.confirmed'),
        }))
        .where('calendarDay.confirmed', '=', false),
    )
    .execute()
}
