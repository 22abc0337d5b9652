import { type LngLat, lngLat } from '../geo.ts'

/** XML white space collapsed, as XML Schema does before it looks at a date or a number. */
export const collapse = (text: string): string => text.trim().replace(/[ \t\r\n]+/g, ' ')

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/**
 * The instant of an `xs:dateTime`; undefined when there is no such day, hour or offset. With `isZoned` the form of CAP
 * 1.2 alone is taken: whole seconds, a numeric offset, no `Z`. Without an offset (1.0, 1.1) UTC is read.
 */
export function capInstant(text: string, isZoned: boolean): Date | undefined {
  const parts = DATE_TIME.exec(collapse(text))
  if (parts === null) return undefined
  const [, year, month, day, hour = '', minute, second, fraction = '', offset = ''] = parts
  if (isZoned && (fraction !== '' || offset === '' || offset === 'Z')) return undefined
  // XML Schema also knows 24:00:00, the first moment of the next day.
  const isMidnight =
    hour === '24' && minute === '00' && second === '00' && Number(`0${fraction}`) === 0
  const clock = isMidnight ? '00:00:00' : `${hour}:${minute}:${second}${fraction}`
  const local = new Date(`${year}-${month}-${day}T${clock}Z`)
  if (Number.isNaN(local.getTime()) || local.toISOString().slice(8, 10) !== day) return undefined
  const offsetMs = offsetMsOf(offset)
  if (offsetMs === undefined || year === '0000') return undefined
  return new Date(local.getTime() - offsetMs + (isMidnight ? 86_400_000 : 0))
}

function offsetMsOf(offset: string): number | undefined {
  if (offset === '' || offset === 'Z') return 0
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)`
const POINT = new RegExp(`^(${NUMBER}),(${NUMBER})$`)

/** `lat,lon`: latitude first, WGS 84. */
export function capPoint(text: string): LngLat | undefined {
  const [, lat, lng] = POINT.exec(text) ?? []
  return lat === undefined ? undefined : lngLat(Number(lng), Number(lat))
}

/** `lat,lon lat,lon …`: at least four pairs, the last the same as the first. */
export function capPolygon(text: string): LngLat[] | undefined {
  const points = collapse(text).split(' ').map(capPoint)
  const [first, last] = [points[0], points.at(-1)]
  if (points.length < 4 || first === undefined || last === undefined) return undefined
  if (first.lat !== last.lat || first.lng !== last.lng) return undefined
  return points.every((point) => point !== undefined) ? points : undefined
}

/** `lat,lon radius`, the radius in kilometres. */
export function capCircle(text: string): { center: LngLat; radiusKm: number } | undefined {
  const [point = '', radius = '', ...rest] = collapse(text).split(' ')
  const center = capPoint(point)
  if (center === undefined || rest.length > 0 || !/^\+?(?:\d+(?:\.\d*)?|\.\d+)$/.test(radius))
    return undefined
  return { center, radiusKm: Number(radius) }
}

export type CapReference = { sender: string; identifier: string; sent: string }

/** `sender,identifier,sent` triplets parted by white space; undefined when one is none. */
export function capReferences(text: string): CapReference[] | undefined {
  const triplets = collapse(text)
    .split(' ')
    .map((triplet) => triplet.split(','))
  const read = triplets.map(([sender = '', identifier = '', sent = '', ...rest]) =>
    rest.length === 0 && sender !== '' && identifier !== '' && capInstant(sent, false) !== undefined
      ? { sender, identifier, sent }
      : undefined,
  )
  return read.every((reference) => reference !== undefined) ? read : undefined
}

/** An identifier or sender: not empty, without white space, comma, `<` and `&` (CAP 1.2 §3.2.1). */
export const isCapId = (text: string): boolean => /^[^\s,<&]+$/.test(text)

/** An absolute web address, or any other absolute URI without white space. */
export function isAbsoluteUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) && URL.canParse(text)
}
