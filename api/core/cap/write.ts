import type { LngLat } from '../geo.ts'
import { formatOffsetDateTime } from '../time.ts'
import { writeXmlDocument, type XmlElement, xml } from '../xml.ts'
import type { CapAlert, CapArea, CapInfo, CapPair, CapResource } from './alert.ts'
import { CAP_NAMESPACES } from './schema.ts'

/** A CAP 1.2 document, its elements in the order of the schema; times in +07:00, seconds whole. */
export const writeCap = (alert: CapAlert): string =>
  writeXmlDocument(xml('alert', alertNodes(alert), { xmlns: CAP_NAMESPACES['1.2'] }))

type Nodes = (XmlElement | undefined)[]

const maybe = (name: string, text: string | number | undefined): XmlElement | undefined =>
  text === undefined || text === '' ? undefined : xml(name, text)
const maybeAt = (name: string, at: Date | undefined): XmlElement | undefined =>
  maybe(name, at === undefined ? undefined : formatOffsetDateTime(at))
const all = (name: string, texts: readonly string[]): Nodes => texts.map((text) => xml(name, text))

function alertNodes(alert: CapAlert): Nodes {
  const references = alert.references
    .map(({ sender, identifier, sent }) => `${sender},${identifier},${sent}`)
    .join(' ')
  return [
    xml('identifier', alert.identifier),
    xml('sender', alert.sender),
    xml('sent', formatOffsetDateTime(alert.sentAt)),
    xml('status', alert.status),
    xml('msgType', alert.messageType),
    maybe('source', alert.source),
    xml('scope', alert.scope),
    maybe('restriction', alert.restriction),
    maybe('addresses', alert.addresses),
    ...all('code', alert.codes),
    maybe('note', alert.note),
    maybe('references', references),
    maybe('incidents', alert.incidents),
    ...alert.infos.map((info) => xml('info', infoNodes(info))),
  ]
}

const infoNodes = (info: CapInfo): Nodes => [
  xml('language', info.language),
  ...all('category', info.categories),
  xml('event', info.event),
  ...all('responseType', info.responseTypes),
  xml('urgency', info.urgency),
  xml('severity', info.severity),
  xml('certainty', info.certainty),
  maybe('audience', info.audience),
  ...pairs('eventCode', info.eventCodes),
  maybeAt('effective', info.effectiveAt),
  maybeAt('onset', info.onsetAt),
  maybeAt('expires', info.expiresAt),
  maybe('senderName', info.senderName),
  maybe('headline', info.headline),
  maybe('description', info.description),
  maybe('instruction', info.instruction),
  maybe('web', info.web),
  maybe('contact', info.contact),
  ...pairs('parameter', info.parameters),
  ...info.resources.map(resourceNode),
  ...info.areas.map(areaNode),
]

const pairs = (element: string, list: readonly CapPair[]): Nodes =>
  list.map(({ name, value }) => xml(element, [xml('valueName', name), xml('value', value)]))

/** The type of the content is required in 1.2; what is not known is a stream of bytes. */
const resourceNode = (resource: CapResource): XmlElement =>
  xml('resource', [
    xml('resourceDesc', resource.description),
    xml('mimeType', resource.mimeType ?? 'application/octet-stream'),
    maybe('size', resource.sizeBytes),
    maybe('uri', resource.uri),
    maybe('digest', resource.digest),
  ])

const areaNode = (area: CapArea): XmlElement =>
  xml('area', [
    xml('areaDesc', area.description),
    ...all(
      'polygon',
      area.polygons.map((ring) => ring.map(pointText).join(' ')),
    ),
    ...all(
      'circle',
      area.circles.map(({ center, radiusKm }) => `${pointText(center)} ${plain(radiusKm)}`),
    ),
    ...pairs('geocode', area.geocodes),
    maybe('altitude', area.altitude),
    maybe('ceiling', area.ceiling),
  ])

/** Latitude first; never in the notation with an exponent. */
const pointText = ({ lat, lng }: LngLat): string => `${plain(lat)},${plain(lng)}`
const plain = (value: number): string =>
  value
    .toFixed(6)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0')
