import type { PropertyCode } from '../data/properties.ts'
import type { Station } from '../store/stations.ts'

/**
 * SensorThings 1.1 over what we keep. Everything that is not an observation follows from one list: the streams, that is a
 * station and what it measures. An entity of any set is what some streams have in common, so that going from set to set
 * keeps the streams and reads another side of them.
 */
export type Stream = {
  /** `phu-oc.water_level`: the words of the door of readings, the same on every installation. */
  id: string
  station: Station
  property: PropertyCode
  /** Null: nothing was measured yet. */
  seriesId: number | null
}

export const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const
export type SetName = (typeof SETS)[number]
export const isSet = (name: string): name is SetName => (SETS as readonly string[]).includes(name)

type Link = { to: SetName; many: boolean }
const many = (to: SetName): Link => ({ to, many: true })
const one = (to: SetName): Link => ({ to, many: false })
const PLACES = { Locations: many('Locations'), HistoricalLocations: many('HistoricalLocations') }

/** Navigation of each set, by the names of the standard. */
export const LINKS: Readonly<Record<SetName, Readonly<Record<string, Link>>>> = {
  Things: { ...PLACES, Datastreams: many('Datastreams') },
  Locations: { Things: many('Things'), HistoricalLocations: PLACES.HistoricalLocations },
  HistoricalLocations: { Thing: one('Things'), Locations: PLACES.Locations },
  Datastreams: {
    Thing: one('Things'),
    Sensor: one('Sensors'),
    ObservedProperty: one('ObservedProperties'),
    Observations: many('Observations'),
  },
  Sensors: { Datastreams: many('Datastreams') },
  ObservedProperties: { Datastreams: many('Datastreams') },
  Observations: { Datastream: one('Datastreams'), FeatureOfInterest: one('FeaturesOfInterest') },
  FeaturesOfInterest: { Observations: many('Observations') },
}

/** Id of the entity of a set that a stream belongs to; undefined when there is none: a station whose place is unknown. */
export function keyOf(set: Exclude<SetName, 'Observations'>, stream: Stream): string | undefined {
  const { station, property, id } = stream
  if (set === 'Datastreams') return id
  if (set === 'ObservedProperties') return property
  const isPlace = set === 'Locations' || set === 'HistoricalLocations'
  return isPlace && station.lng === null ? undefined : station.code
}

/** An observation's id: its stream and its moment in milliseconds. */
export const observationId = (streamId: string, atMs: number): string => `${streamId}.${atMs}`

/** The stream's id and the moment; undefined when it is no id of an observation. */
export function readObservationId(id: string): { streamId: string; atMs: number } | undefined {
  const [, streamId, ms] = /^([a-z0-9-]+\.[a-z0-9_]+)\.(\d{1,14})$/.exec(id) ?? []
  return streamId === undefined || ms === undefined ? undefined : { streamId, atMs: Number(ms) }
}
