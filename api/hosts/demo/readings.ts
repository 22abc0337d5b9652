import type { Ctx } from '../../context.ts'
import {
  getStation,
  ingestReadings,
  listLatest,
  STATIONS,
  type StationInput,
  saveStation,
  summariseReadings,
} from '../../rooms/readings/index.ts'
import { UNIT_CODE } from './data.ts'

const HOUR_MS = 3_600_000
const HOURS = 48
/** Tides of the lagoon turn twice in a lunar day. */
const TIDE_HOURS = 12.42
const DAY_HOURS = 24

type Curve = { mean: number; swing: number; periodHours: number }
const river = (mean: number): Curve => ({ mean, swing: 8, periodHours: TIDE_HOURS })
const air = (mean: number, swing: number): Curve => ({ mean, swing, periodHours: DAY_HOURS })

/** Rivers in cm, all well below alarm 1; air in µg/m³, moderate by VN_AQI. */
const CURVES: Readonly<Record<string, Readonly<Record<string, Curve>>>> = {
  'phu-oc': { water_level: river(72) },
  'kim-long': { water_level: river(48) },
  'thuong-nhat': { water_level: river(5_890) },
  'phong-binh': { water_level: river(95) },
  truoi: { water_level: river(64) },
  'demo-air': { pm2_5: air(33, 5), pm10: air(58, 6), o3: air(70, 25) },
}

const AIR: StationInput = {
  code: 'demo-air',
  kind: 'air',
  nameVi: 'Quảng Điền (minh họa)',
  nameEn: 'Quảng Điền (sample)',
  lng: 107.5,
  lat: 16.58,
  unitCodes: [UNIT_CODE],
  operatorVi: 'số liệu minh họa, không phải trạm thật',
  operatorEn: 'sample figures, not a real station',
  source: 'dữ liệu minh họa',
  validFrom: '2025-07-01',
}

/** The figure of a moment: the same at each start, so that a repeated one is a duplicate and never a correction. */
const valueAt = ({ mean, swing, periodHours }: Curve, atMs: number): number =>
  Math.round(mean + swing * Math.sin((2 * Math.PI * atMs) / (periodHours * HOUR_MS)))

/**
 * Sample readings of the last two days, each on the hour, so that a demo shows what a station shows. A station that
 * somebody else feeds, for a drill or a trial, is left to them. Does nothing outside a demo; how many were new.
 */
export async function keepDemoReadings(ctx: Ctx): Promise<number> {
  if (!ctx.settings.isDemo) return 0
  await markStations(ctx)
  const others = await fedByOthers(ctx)
  const lastMs = ctx.now().getTime() - (ctx.now().getTime() % HOUR_MS)
  const readings = Object.entries(CURVES)
    .filter(([station]) => !others.has(station))
    .flatMap(([station, curves]) =>
      Object.entries(curves).flatMap(([property, curve]) =>
        Array.from({ length: HOURS }, (_, i) => {
          const atMs = lastMs - i * HOUR_MS
          return {
            station,
            property,
            at: new Date(atMs).toISOString(),
            value: valueAt(curve, atMs),
          }
        }),
      ),
    )
  if (readings.length === 0) return 0
  const { stored } = await ingestReadings(ctx, { readings })
  if (stored > 0) await summariseReadings(ctx)
  return stored
}

/** Sample figures never stand under the name of a real service. */
async function markStations(ctx: Ctx): Promise<void> {
  for (const station of STATIONS) {
    const { operatorVi } = await getStation(ctx, station.code)
    if (operatorVi === station.operatorVi)
      await saveStation(ctx, {
        ...station,
        operatorVi: `số liệu minh họa, thay cho ${station.operatorVi}`,
        operatorEn: `sample figures in place of the ${station.operatorEn}`,
      })
  }
  const latest = await listLatest(ctx, { kind: 'air' })
  if (!latest.some(({ station }) => station.code === AIR.code)) await saveStation(ctx, AIR)
}

async function fedByOthers(ctx: Ctx): Promise<Set<string>> {
  const latest = await listLatest(ctx)
  const foreign = latest.filter(({ station, property, value, at }) => {
    const curve = CURVES[station.code]?.[property]
    return curve !== undefined && at !== null && value !== valueAt(curve, Date.parse(at))
  })
  return new Set(foreign.map(({ station }) => station.code))
}
