import { type Selectable, sql } from 'kysely'
import type { Db } from '../../../context.ts'
import type { LocalDate } from '../../../core/time.ts'
import type { Database } from '../../../db/schema.ts'
import type { AlarmLevels } from '../policy/stage.ts'

export type StationRow = Selectable<Database['readingStation']>
export type LevelRow = Selectable<Database['readingAlarmLevel']>
export type Station = StationRow & { levels: LevelRow[] }

const LEVEL_KEYS = { 1: 1, 2: 2, 3: 3, 4: 'record' } as const

/** Levels as the rules want them. */
export function alarmLevelsOf(station: Station): AlarmLevels {
  const levels: AlarmLevels = {}
  for (const { stage, levelCm } of station.levels)
    levels[LEVEL_KEYS[stage as keyof typeof LEVEL_KEYS]] = levelCm
  return levels
}

/** Stations in force on `day`, or those of `codes`, with the alarm levels of that day. */
export async function findStations(
  db: Db,
  day: LocalDate,
  codes?: readonly string[],
): Promise<Station[]> {
  if (codes?.length === 0) return []
  let query = db
    .selectFrom('readingStation')
    .selectAll()
    .where('validFrom', '<=', day)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>=', day)]))
    .orderBy('kind')
    .orderBy('code')
  if (codes !== undefined) query = query.where('code', 'in', [...codes])
  const stations = await query.execute()
  const levels = await db
    .selectFrom('readingAlarmLevel')
    .selectAll()
    .where('validFrom', '<=', day)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>=', day)]))
    .orderBy('validFrom')
    .execute()
  return stations.map((station) => ({
    ...station,
    levels: levels.filter(({ stationCode }) => stationCode === station.code),
  }))
}

/** Writes a station and its levels as given; true when it is new. */
export async function upsertStation(
  db: Db,
  station: StationRow,
  levels: readonly LevelRow[],
): Promise<boolean> {
  const { code, ...fields } = station
  const row = await db
    .insertInto('readingStation')
    .values(station)
    .onConflict((oc) => oc.column('code').doUpdateSet(fields))
    .returning(sql<boolean>`xmax = 0`.as('isNew'))
    .executeTakeFirstOrThrow()
  await db.deleteFrom('readingAlarmLevel').where('stationCode', '=', code).execute()
  if (levels.length > 0)
    await db
      .insertInto('readingAlarmLevel')
      .values([...levels])
      .execute()
  return row.isNew
}

/** Adds shipped stations that are not there; an installation's own changes stay. */
export async function hasStation(db: Db, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('readingStation')
    .select('code')
    .where('code', '=', code)
    .executeTakeFirst()
  return row !== undefined
}
