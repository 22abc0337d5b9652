export const STATION_KINDS = ['river', 'rain', 'air', 'reservoir', 'tide'] as const
export type StationKind = (typeof STATION_KINDS)[number]

type Unit = { symbol: string; name: string; definition: string }
const unit = (symbol: string, name: string, path: string): Unit => ({
  symbol,
  name,
  definition: `http://www.opengis.net/def/uom/UCUM/${path}`,
})
const CM = unit('cm', 'centimetre', 'cm')
const MM = unit('mm', 'millimetre', 'mm')
const MICROGRAM = unit('µg/m3', 'microgram per cubic metre', 'ug.m-3')
const FLOW = unit('m3/s', 'cubic metre per second', 'm3.s-1')

/**
 * What can be observed: the unit that is stored, factors of other units that are taken, and what no instrument here can
 * rightly say. `maxPerHour`: no faster change is believed at once (a float that jumps, a slipped comma); `maxFallPerHour`
 * where what falls does so more slowly, because a false fall would end a warning.
 */
type Property = {
  unit: Unit
  from: Readonly<Record<string, number>>
  min: number
  max: number
  decimals: number
  maxPerHour?: number
  maxFallPerHour?: number
}

const air = (max: number, perMg = true): Property => ({
  unit: MICROGRAM,
  from: { 'µg/m3': 1, 'µg/m³': 1, 'ug/m3': 1, ...(perMg ? { 'mg/m3': 1000, 'mg/m³': 1000 } : {}) },
  min: 0,
  max,
  decimals: 1,
})
const length = (
  limits: Pick<Property, 'min' | 'max' | 'maxPerHour' | 'maxFallPerHour'>,
): Property => ({
  unit: CM,
  from: { cm: 1, m: 100, mm: 0.1 },
  decimals: 0,
  ...limits,
})

/**
 * The record rise of the region is about 1 m an hour; three times that is a fault. No river here drains as fast as it
 * rises. Levels stand over a local datum, so a low tide may be negative, and mountain stations read some 60 m.
 */
export const PROPERTIES = {
  water_level: length({ min: -300, max: 20_000, maxPerHour: 300, maxFallPerHour: 100 }),
  tide_level: length({ min: -500, max: 1_000, maxPerHour: 300 }),
  reservoir_level: length({ min: 0, max: 50_000, maxPerHour: 500 }),
  release: { unit: FLOW, from: { 'm3/s': 1, 'm³/s': 1 }, min: 0, max: 30_000, decimals: 1 },
  rainfall: { unit: MM, from: { mm: 1, cm: 10 }, min: 0, max: 500, decimals: 1 },
  pm2_5: air(2_000),
  pm10: air(3_000),
  o3: air(2_000),
  no2: air(5_000),
  so2: air(5_000),
  co: air(200_000),
} as const satisfies Record<string, Property>

export type PropertyCode = keyof typeof PROPERTIES
export const PROPERTY_CODES = Object.keys(PROPERTIES) as [PropertyCode, ...PropertyCode[]]

/** The property that a station of a kind is asked for first. */
export const MAIN_PROPERTY: Readonly<Record<StationKind, PropertyCode>> = {
  river: 'water_level',
  rain: 'rainfall',
  air: 'pm2_5',
  reservoir: 'release',
  tide: 'tide_level',
}
