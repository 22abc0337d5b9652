import { z } from 'zod'
import type { PropertyCode } from '../data/properties.ts'
import { inStoredUnit } from '../policy/quality.ts'
import { parseJson } from './json.ts'

export type AirValue = { property: PropertyCode; at: string; value: number; unit: string }
/** `broken`: sensors of a pollutant that cannot be read. */
export type AirLocation = { values: AirValue[]; broken: number }

/** Their names of what VN_AQI asks for; a location measures more (temperature, counts of particles). */
const POLLUTANTS: ReadonlyMap<string, PropertyCode> = new Map([
  ['pm25', 'pm2_5'],
  ['pm10', 'pm10'],
  ['o3', 'o3'],
  ['no2', 'no2'],
  ['so2', 'so2'],
  ['co', 'co'],
])
const MAX_SENSORS = 1_000

const Answer = z.object({ results: z.array(z.unknown()).max(MAX_SENSORS) })
const Named = z.object({ parameter: z.object({ name: z.string() }) })
const Sensor = z.object({
  parameter: z.object({ units: z.string().max(20) }),
  /** Null: it has never measured. */
  latest: z
    .object({
      datetime: z.object({ utc: z.iso.datetime({ offset: true }) }),
      value: z.number(),
    })
    .nullish(),
})

/**
 * Reads the sensors of a place as OpenAQ v3 answers them (`GET /v3/locations/{id}/sensors`), one value a pollutant: of
 * two sensors the one with a unit that we know, else the first. A broken sensor costs no other. Undefined when it is no
 * such answer. Never throws.
 */
export function readAirLocation(bytes: Uint8Array): AirLocation | undefined {
  const read = Answer.safeParse(parseJson(bytes))
  if (!read.success) return undefined
  const values = new Map<PropertyCode, AirValue>()
  let broken = 0
  for (const result of read.data.results) {
    const named = Named.safeParse(result)
    const property = named.success ? POLLUTANTS.get(named.data.parameter.name) : undefined
    if (named.success && property === undefined) continue
    const sensor = Sensor.safeParse(result)
    if (property === undefined || !sensor.success) broken += 1
    else if (sensor.data.latest) {
      const { parameter, latest } = sensor.data
      const at = new Date(latest.datetime.utc).toISOString()
      const value = { property, at, value: latest.value, unit: parameter.units }
      const before = values.get(property)
      if (before === undefined || (!isKnown(before) && isKnown(value))) values.set(property, value)
    }
  }
  return { values: [...values.values()], broken }
}

const isKnown = (value: AirValue): boolean => inStoredUnit(value.property, value) !== undefined
