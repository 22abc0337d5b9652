import type { XmlTree } from '../xml-tree.ts'
import type { CapAlert, CapArea, CapInfo, CapPair, CapResource } from './alert.ts'
import { type CheckedCap, checkCap, isFit } from './check.ts'
import type { CapVersion } from './schema.ts'
import { capCircle, capInstant, capPolygon, capReferences, collapse } from './values.ts'

export type ReadCap = { alert: CapAlert; version: CapVersion } | { faults: CheckedCap['faults'] }

/** Reads a CAP document of any version; one with errors gives its faults instead. Total. */
export function readCap(bytes: Uint8Array): ReadCap {
  const checked = checkCap(bytes)
  const { found, faults } = checked
  if (found === undefined || !isFit(checked)) return { faults }
  return { alert: alertOf(found.root, found.version), version: found.version }
}

const allOf = (tree: XmlTree, name: string): XmlTree[] =>
  tree.children.filter((child) => child.name === name && child.namespace === tree.namespace)
const textsOf = (tree: XmlTree, name: string): string[] =>
  allOf(tree, name).map(({ text }) => text.trim())
const textOf = (tree: XmlTree, name: string): string => textsOf(tree, name)[0] ?? ''

/** `{ [key]: text }` where there is one that is not empty. */
function maybe<K extends string>(tree: XmlTree, name: string, key: K): { [P in K]?: string } {
  const text = textOf(tree, name)
  const found: { [P in K]?: string } = {}
  if (text !== '') found[key] = text
  return found
}

function maybeAt<K extends string>(tree: XmlTree, name: string, key: K): { [P in K]?: Date } {
  const at = capInstant(textOf(tree, name), false)
  const found: { [P in K]?: Date } = {}
  if (at !== undefined) found[key] = at
  return found
}

function alertOf(tree: XmlTree, version: CapVersion): CapAlert {
  return {
    identifier: textOf(tree, 'identifier'),
    sender: textOf(tree, 'sender'),
    sentAt: capInstant(textOf(tree, 'sent'), false) ?? new Date(0),
    status: textOf(tree, 'status'),
    messageType: textOf(tree, 'msgType'),
    ...maybe(tree, 'source', 'source'),
    scope: textOf(tree, 'scope') || 'Public',
    ...maybe(tree, 'restriction', 'restriction'),
    ...maybe(tree, 'addresses', 'addresses'),
    codes: textsOf(tree, 'code'),
    ...maybe(tree, 'note', 'note'),
    references: capReferences(textOf(tree, 'references')) ?? [],
    ...maybe(tree, 'incidents', 'incidents'),
    infos: allOf(tree, 'info').map((info) => infoOf(info, version)),
  }
}

function infoOf(tree: XmlTree, version: CapVersion): CapInfo {
  const certainty = textOf(tree, 'certainty')
  const pairs = (name: string) => allOf(tree, name).map((pair) => pairOf(pair, version))
  return {
    language: textOf(tree, 'language') || 'en-US',
    categories: textsOf(tree, 'category'),
    event: textOf(tree, 'event'),
    responseTypes: textsOf(tree, 'responseType'),
    urgency: textOf(tree, 'urgency'),
    severity: textOf(tree, 'severity'),
    // 1.1 did away with it: read as Likely (CAP 1.1 §3.2.2).
    certainty: certainty === 'Very Likely' ? 'Likely' : certainty,
    ...maybe(tree, 'audience', 'audience'),
    eventCodes: pairs('eventCode'),
    ...maybeAt(tree, 'effective', 'effectiveAt'),
    ...maybeAt(tree, 'onset', 'onsetAt'),
    ...maybeAt(tree, 'expires', 'expiresAt'),
    ...maybe(tree, 'senderName', 'senderName'),
    ...maybe(tree, 'headline', 'headline'),
    ...maybe(tree, 'description', 'description'),
    ...maybe(tree, 'instruction', 'instruction'),
    ...maybe(tree, 'web', 'web'),
    ...maybe(tree, 'contact', 'contact'),
    parameters: pairs('parameter'),
    resources: allOf(tree, 'resource').map(resourceOf),
    areas: allOf(tree, 'area').map((area) => areaOf(area, version)),
  }
}

/** 1.0 wrote `name=value` as one text. */
function pairOf(tree: XmlTree, version: CapVersion): CapPair {
  if (version !== '1.0') return { name: textOf(tree, 'valueName'), value: textOf(tree, 'value') }
  const [name = '', ...value] = tree.text.trim().split('=')
  return { name, value: value.join('=') }
}

function resourceOf(tree: XmlTree): CapResource {
  const size = textOf(tree, 'size')
  return {
    description: textOf(tree, 'resourceDesc'),
    ...maybe(tree, 'mimeType', 'mimeType'),
    ...(size === '' ? {} : { sizeBytes: Number(collapse(size)) }),
    ...maybe(tree, 'uri', 'uri'),
    ...maybe(tree, 'digest', 'digest'),
  }
}

function areaOf(tree: XmlTree, version: CapVersion): CapArea {
  const shapes = <T>(name: string, read: (text: string) => T | undefined): T[] =>
    textsOf(tree, name)
      .map(read)
      .filter((shape) => shape !== undefined)
  return {
    description: textOf(tree, 'areaDesc'),
    polygons: shapes('polygon', capPolygon),
    circles: shapes('circle', capCircle),
    geocodes: allOf(tree, 'geocode').map((pair) => pairOf(pair, version)),
    ...maybe(tree, 'altitude', 'altitude'),
    ...maybe(tree, 'ceiling', 'ceiling'),
  }
}
