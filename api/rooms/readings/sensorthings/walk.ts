import { isSet, keyOf, LINKS, readObservationId, type SetName, type Stream } from './model.ts'

/** Where an address leads: entities of one set, those that the streams belong to, and what of them is wanted. */
export type Place = {
  set: SetName
  streams: readonly Stream[]
  /** One entity, which is there; else a collection. */
  isOne: boolean
  /** The moment of one observation. */
  atMs?: number
  /** The observation that the address goes through. */
  through?: Place
  /** The rest of the address: a property's name, `$value` or `$ref`. */
  rest: readonly string[]
}

const SEGMENT = /^([A-Za-z]{1,40})(?:\('([^']{1,120})'\))?$/
const MAX_SEGMENTS = 8

/**
 * Follows an address such as `Things('phu-oc')/Datastreams`. Undefined when it leads nowhere. Whether an observation was
 * measured is not known here.
 */
export function walk(path: string, all: readonly Stream[]): Place | undefined {
  const segments = path.split('/')
  if (segments.length > MAX_SEGMENTS) return undefined
  let place: Place | undefined
  for (const [i, segment] of segments.entries()) {
    const [, name = '', id] = SEGMENT.exec(segment) ?? []
    const link = place === undefined ? rootLink(name) : linkFrom(place, name)
    if (link === undefined) {
      const rest = segments.slice(i)
      return place === undefined || !isRest(place, rest) ? undefined : { ...place, rest }
    }
    const next = step(place?.streams ?? all, { ...link, id }, all)
    if (next === undefined) return undefined
    const through = place?.atMs === undefined ? place?.through : place
    place = through === undefined ? next : { ...next, through }
  }
  return place
}

const rootLink = (name: string) => (isSet(name) ? { to: name, many: true } : undefined)

const linkFrom = ({ set, isOne }: Place, name: string) =>
  isOne && Object.hasOwn(LINKS[set], name) ? LINKS[set][name] : undefined

/** Collections have references, an entity has properties, a property has a bare value. */
const isRest = ({ isOne }: Place, [first = '', second, ...more]: readonly string[]): boolean =>
  more.length === 0 &&
  (isOne
    ? /^[a-z]\w{0,40}$/i.test(first) && (second === undefined || second === '$value')
    : first === '$ref' && second === undefined)

type Step = { to: SetName; many: boolean; id: string | undefined }

function step(
  from: readonly Stream[],
  { to, many, id }: Step,
  all: readonly Stream[],
): Place | undefined {
  if (to === 'Observations') return stepToObservations(from, id)
  if (many && id === undefined) return { set: to, streams: from, isOne: false, rest: [] }
  // What leads to one entity does so by the streams that it comes from; with an id it has to be among them.
  const keys = from.map((stream) => keyOf(to, stream))
  const key = id === undefined ? keys[0] : keys.find((one) => one === id)
  if (key === undefined || (!many && id !== undefined)) return undefined
  const streams = all.filter((stream) => keyOf(to, stream) === key)
  return { set: to, streams, isOne: true, rest: [] }
}

function stepToObservations(from: readonly Stream[], id: string | undefined): Place | undefined {
  const set = 'Observations'
  if (id === undefined) return { set, streams: from, isOne: false, rest: [] }
  const read = readObservationId(id)
  const stream = from.find((one) => one.id === read?.streamId)
  if (read === undefined || stream === undefined) return undefined
  return { set, streams: [stream], isOne: true, atMs: read.atMs, rest: [] }
}
