import type { Language, Translate } from '../../../../locales/index.ts'
import { startOfLocalDay } from '../../../core/time.ts'
import { PROPERTIES, type PropertyCode } from '../data/properties.ts'
import { observedName, stationTitle } from '../messages.ts'
import type { Station } from '../store/stations.ts'
import { keyOf, LINKS, observationId, type SetName, type Stream } from './model.ts'

export type Entity = Record<string, unknown>
/** `base`: the address of the service, no trailing slash. */
export type Words = { t: Translate; language: Language; base: string }

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'
/** Standard names of the Climate and Forecast conventions, as OGC services of sensors write them. */
const CF = 'http://mmisw.org/ont/cf/parameter/'
const DEFINITIONS: Readonly<Record<PropertyCode, string>> = {
  water_level: 'water_surface_height_above_reference_datum',
  tide_level: 'water_surface_height_above_reference_datum',
  reservoir_level: 'water_surface_height_above_reference_datum',
  release: 'water_volume_transport_in_river_channel',
  rainfall: 'thickness_of_rainfall_amount',
  pm2_5: 'mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air',
  pm10: 'mass_concentration_of_pm10_ambient_aerosol_particles_in_air',
  o3: 'mass_concentration_of_ozone_in_air',
  no2: 'mass_concentration_of_nitrogen_dioxide_in_air',
  so2: 'mass_concentration_of_sulfur_dioxide_in_air',
  co: 'mass_concentration_of_carbon_monoxide_in_air',
}

/** What an entity says of itself, without where it leads. */
export function entityOf(
  set: Exclude<SetName, 'Observations'>,
  { id, station, property }: Stream,
  { t, language }: Words,
): Entity {
  const title = stationTitle(t, language, station)
  const operator = language === 'en' ? station.operatorEn : station.operatorVi
  const observed = observedName(t, property)
  switch (set) {
    case 'Things':
      return { name: title, description: title, properties: stationFacts(station, language) }
    case 'Locations':
      return { name: title, description: title, ...GEOJSON, location: pointOf(station) }
    case 'HistoricalLocations':
      return { time: startOfLocalDay(station.validFrom).toISOString() }
    case 'Datastreams':
      return {
        ...{ name: id, description: `${title}: ${observed}`, observationType: MEASUREMENT },
        unitOfMeasurement: PROPERTIES[property].unit,
      }
    case 'Sensors':
      return {
        ...{ name: operator, description: title },
        ...{ encodingType: 'text/plain', metadata: station.source },
      }
    case 'ObservedProperties':
      return { name: observed, description: observed, definition: CF + DEFINITIONS[property] }
    case 'FeaturesOfInterest': {
      const feature = { type: 'Feature', properties: {}, geometry: pointOf(station) }
      return { name: title, description: title, ...GEOJSON, feature }
    }
  }
}

const GEOJSON = { encodingType: 'application/geo+json' }

const pointOf = ({ lng, lat }: Station) =>
  lng === null || lat === null ? null : { type: 'Point', coordinates: [lng, lat] }

const stationFacts = (station: Station, language: Language) => ({
  ...{ kind: station.kind, nationalCode: station.nationalCode, source: station.source },
  datum: language === 'en' ? station.datumEn : station.datumVi,
  alarmLevels: station.levels.map(({ stage, levelCm, source }) => ({ stage, levelCm, source })),
})

/** `quality`: what is thought of it, where that is known. */
export type Measured = { atMs: number; value: number; quality: string | undefined }

/** An observation: momentary, so that its result is as old as what it says. */
export const observationOf = ({ atMs, value, quality }: Measured): Entity => ({
  phenomenonTime: new Date(atMs).toISOString(),
  resultTime: new Date(atMs).toISOString(),
  result: value,
  ...(quality === undefined ? {} : { parameters: { quality } }),
})

/** The entity with its id, its own address and where it leads. */
export function linked(set: SetName, id: string, body: Entity, { base }: Words): Entity {
  const self = `${base}/${set}('${id}')`
  const links = Object.keys(LINKS[set]).map((name) => [
    `${name}@iot.navigationLink`,
    `${self}/${name}`,
  ])
  return { '@iot.id': id, '@iot.selfLink': self, ...body, ...Object.fromEntries(links) }
}

/** An entity, and a stream that belongs to it. */
export type Item = { entity: Entity; stream: Stream }

/** The entities of a set that the streams belong to, each once, in the order of the streams. */
export function itemsOf(
  set: Exclude<SetName, 'Observations'>,
  streams: readonly Stream[],
  words: Words,
): Item[] {
  const found = new Map<string, Stream>()
  for (const stream of streams) {
    const key = keyOf(set, stream)
    if (key !== undefined && !found.has(key)) found.set(key, stream)
  }
  return [...found].map(([key, stream]) => ({
    entity: linked(set, key, entityOf(set, stream, words), words),
    stream,
  }))
}

export const observationItem = (stream: Stream, measured: Measured, words: Words): Item => ({
  entity: linked(
    'Observations',
    observationId(stream.id, measured.atMs),
    observationOf(measured),
    words,
  ),
  stream,
})

/** What the named links of an item lead to, one step far. */
export function expansionOf(
  set: SetName,
  { stream }: Item,
  { names, all, words }: { names: readonly string[]; all: readonly Stream[]; words: Words },
): Entity {
  const own =
    set === 'Observations' ? [stream] : all.filter((one) => keyOf(set, one) === keyOf(set, stream))
  const parts = names.flatMap((name) => {
    const link = LINKS[set][name]
    if (link === undefined || link.to === 'Observations') return []
    const found = itemsOf(link.to, link.many ? own : [stream], words).map(({ entity }) => entity)
    return [[name, link.many ? found : (found[0] ?? null)]]
  })
  return Object.fromEntries(parts)
}
