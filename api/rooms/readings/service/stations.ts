import type { Ctx, Db } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { STATIONS } from '../data/stations.ts'
import { StationInput, type StationView } from '../schema.ts'
import { findStations, hasStation, type Station, upsertStation } from '../store/stations.ts'

async function write(db: Db, input: StationInput): Promise<boolean> {
  const { alarmLevels, ...given } = parseInput(StationInput, input)
  const { riverVi, nationalCode, lng, lat, datumVi, datumEn, validTo, ...rest } = given
  const row = {
    ...rest,
    riverVi: riverVi ?? null,
    nationalCode: nationalCode ?? null,
    lng: lng ?? null,
    lat: lat ?? null,
    datumVi: datumVi ?? null,
    datumEn: datumEn ?? null,
    validTo: validTo ?? null,
  }
  const levels = alarmLevels.map((level) => ({
    ...level,
    stationCode: given.code,
    validTo: level.validTo ?? null,
  }))
  return upsertStation(db, row, levels)
}

/** Adds a station or changes it, with all its dated alarm levels. */
export async function saveStation(ctx: Ctx, input: StationInput): Promise<{ code: string }> {
  requireCan(ctx, 'readings.manage')
  return inTransaction(ctx, async (tx) => {
    const isNew = await write(tx.db, input)
    await audit(tx, {
      action: isNew ? 'readings.station_added' : 'readings.station_changed',
      subjectKind: 'station',
      subjectId: input.code,
    })
    return { code: input.code }
  })
}

/** Stations that every installation has; those that are there stay as they are. */
export async function seedStations(db: Db): Promise<void> {
  for (const station of STATIONS) {
    if (!(await hasStation(db, station.code))) await write(db, station)
  }
}

export function stationView(
  ctx: Pick<Ctx, 'language' | 'settings'>,
  station: Station,
): StationView {
  const isEnglish = ctx.language === 'en'
  return {
    code: station.code,
    kind: station.kind,
    name: isEnglish ? station.nameEn : station.nameVi,
    river: station.riverVi,
    tellingUnitCode: tellingUnit(ctx, station),
    lng: station.lng,
    lat: station.lat,
    datum: isEnglish ? station.datumEn : station.datumVi,
    operator: isEnglish ? station.operatorEn : station.operatorVi,
    source: station.source,
    alarmLevels: station.levels.map(({ stage, levelCm, source }) => ({ stage, levelCm, source })),
  }
}

/** The unit by which one is told of a station: the home unit when it counts there, else the first; null: none. */
export function tellingUnit(
  { settings }: Pick<Ctx, 'settings'>,
  { unitCodes }: Pick<Station, 'unitCodes'>,
): string | null {
  const { homeUnitCode } = settings
  return unitCodes.includes(homeUnitCode) ? homeUnitCode : (unitCodes[0] ?? null)
}

/** Stations of today; public. */
export async function listStations(ctx: Ctx): Promise<StationView[]> {
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  return stations.map((station) => stationView(ctx, station))
}

/** One station of today; `readings.not_found`. */
export async function getStation(ctx: Ctx, code: string): Promise<Station> {
  const [station] = await findStations(ctx.db, localDate(ctx.now()), [code])
  if (station === undefined) throw new AppError('readings.not_found')
  return station
}

/** River stations of today. */
export async function listRivers(ctx: Ctx): Promise<Station[]> {
  const stations = await findStations(ctx.db, localDate(ctx.now()))
  return stations.filter(({ kind }) => kind === 'river')
}
