import type { XmlTree } from '../xml-tree.ts'
import { type CapFault, type CapRule, faultAt } from './fault.ts'
import type { CapVersion } from './schema.ts'
import {
  capCircle,
  capInstant,
  capPolygon,
  capReferences,
  collapse,
  isAbsoluteUri,
  isCapId,
} from './values.ts'

const childrenOf = (tree: XmlTree, name: string): XmlTree[] =>
  tree.children.filter((child) => child.name === name && child.namespace === tree.namespace)
const childOf = (tree: XmlTree, name: string): XmlTree | undefined => childrenOf(tree, name)[0]
const textOf = (tree: XmlTree | undefined): string => collapse(tree?.text ?? '')

/** Ours: what a lock screen shows of a headline (CAP 1.2 §3.2.2 asks for at most 160 signs). */
const HEADLINE_MAX = 160

/**
 * Rules that the standard states in words (OASIS CAP 1.2 §3.2, the set that Google's CAP library checks too), and advice.
 * Works on whatever stands in the tree, so that its faults come together with those of the schema.
 */
export function checkMeaning(alert: XmlTree, version: CapVersion): CapFault[] {
  const faults: CapFault[] = []
  const fault = (tree: XmlTree, rule: CapRule) =>
    void faults.push(faultAt(tree, rule, { value: tree.text }))
  const advise = (tree: XmlTree, rule: CapRule) =>
    void faults.push(faultAt(tree, rule, { level: 'advice' }))
  const infos = childrenOf(alert, 'info')

  checkIds(alert, fault)
  checkScope(alert, fault, advise)
  checkReferences(alert, fault)
  for (const password of childrenOf(alert, 'password')) fault(password, 'password')
  const isWarning = ['Alert', 'Update'].includes(textOf(childOf(alert, 'msgType')))
  if (isWarning && infos.length === 0) advise(alert, 'info_missing')

  const languages = new Set<string>()
  for (const info of infos) {
    const language = textOf(childOf(info, 'language')).toLowerCase()
    if (language === '') advise(info, 'language_default')
    else if (languages.has(language)) advise(info, 'language_twice')
    languages.add(language)
    checkInfo(info, { alert, isWarning, isZoned: version === '1.2' }, fault, advise)
  }
  return faults
}

type Note = (tree: XmlTree, rule: CapRule) => void

function checkIds(alert: XmlTree, fault: Note): void {
  for (const identifier of childrenOf(alert, 'identifier'))
    if (!isCapId(identifier.text.trim())) fault(identifier, 'identifier')
  for (const sender of childrenOf(alert, 'sender'))
    if (!isCapId(sender.text.trim())) fault(sender, 'sender')
}

/** `restriction` belongs to Restricted, `addresses` to Private. */
function checkScope(alert: XmlTree, fault: Note, advise: Note): void {
  const scope = textOf(childOf(alert, 'scope'))
  const restriction = childOf(alert, 'restriction')
  const addresses = childOf(alert, 'addresses')
  if (restriction !== undefined && textOf(restriction) !== '' && scope !== 'Restricted')
    fault(restriction, 'restriction_scope')
  if (addresses !== undefined && textOf(addresses) !== '' && scope !== 'Private')
    fault(addresses, 'addresses_scope')
  if (scope === 'Restricted' && textOf(restriction) === '') advise(alert, 'restriction_missing')
  if (scope === 'Private' && textOf(addresses) === '') advise(alert, 'addresses_missing')
}

/** An update or a cancellation says of what. */
function checkReferences(alert: XmlTree, fault: Note): void {
  const references = childOf(alert, 'references')
  const isSaid = textOf(references) !== ''
  if (references !== undefined && isSaid && capReferences(references.text) === undefined)
    fault(references, 'references')
  const type = childOf(alert, 'msgType')
  if (type !== undefined && !isSaid && ['Update', 'Cancel'].includes(textOf(type)))
    fault(type, 'references_missing')
}

type Of = { alert: XmlTree; isWarning: boolean; isZoned: boolean }

function checkInfo(info: XmlTree, of: Of, fault: Note, advise: Note): void {
  for (const event of childrenOf(info, 'event')) if (textOf(event) === '') fault(event, 'empty')
  for (const web of childrenOf(info, 'web'))
    if (textOf(web) !== '' && !isAbsoluteUri(textOf(web))) fault(web, 'web')
  for (const resource of childrenOf(info, 'resource')) checkResource(resource, fault)
  const areas = childrenOf(info, 'area')
  for (const area of areas) checkArea(area, fault)
  checkTimes(info, of, advise)
  const headline = childOf(info, 'headline')
  if (headline !== undefined && textOf(headline).length > HEADLINE_MAX)
    advise(headline, 'headline_long')
  if (!of.isWarning) return
  if (areas.length === 0) advise(info, 'area_missing')
  if (textOf(childOf(info, 'instruction')) === '') advise(info, 'instruction_missing')
}

function checkTimes(info: XmlTree, { alert, isWarning, isZoned }: Of, advise: Note): void {
  const expires = childOf(info, 'expires')
  if (expires === undefined) {
    if (isWarning) advise(info, 'expires_missing')
    return
  }
  const at = (tree: XmlTree | undefined) =>
    tree === undefined ? undefined : capInstant(tree.text, isZoned)
  const end = at(expires)
  const from = at(childOf(info, 'effective')) ?? at(childOf(alert, 'sent'))
  if (end !== undefined && from !== undefined && end <= from) advise(expires, 'expires_early')
}

/** A whole address, unless the content itself is carried in `derefUri`. */
function checkResource(resource: XmlTree, fault: Note): void {
  const isCarried = textOf(childOf(resource, 'derefUri')) !== ''
  for (const uri of childrenOf(resource, 'uri'))
    if (textOf(uri) !== '' && !isCarried && !isAbsoluteUri(textOf(uri))) fault(uri, 'resource_uri')
  for (const size of childrenOf(resource, 'size'))
    if (textOf(size).startsWith('-')) fault(size, 'resource_size')
}

function checkArea(area: XmlTree, fault: Note): void {
  for (const name of childrenOf(area, 'areaDesc')) if (textOf(name) === '') fault(name, 'empty')
  for (const polygon of childrenOf(area, 'polygon'))
    if (capPolygon(polygon.text) === undefined) fault(polygon, 'polygon')
  for (const circle of childrenOf(area, 'circle'))
    if (capCircle(circle.text) === undefined) fault(circle, 'circle')
  const altitude = childOf(area, 'altitude')
  const ceiling = childOf(area, 'ceiling')
  if (ceiling === undefined) return
  if (altitude === undefined) fault(ceiling, 'ceiling')
  else if (Number(textOf(altitude)) > Number(textOf(ceiling))) fault(altitude, 'altitude')
}
