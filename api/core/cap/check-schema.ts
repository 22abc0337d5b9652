import type { XmlTree } from '../xml-tree.ts'
import { type CapFault, faultAt } from './fault.ts'
import {
  CAP_SCHEMAS,
  type CapContent,
  type CapElement,
  type CapVersion,
  SIGNATURE_NAMESPACE,
} from './schema.ts'
import { capInstant, collapse } from './values.ts'

const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance'

/** Every way in which a tree is not what the schema of its version says. Pure; reads each element once. */
export function checkSchema(root: XmlTree, version: CapVersion): CapFault[] {
  const faults: CapFault[] = []
  checkElement(root, CAP_SCHEMAS[version], faults)
  return faults
}

function checkElement(tree: XmlTree, { content }: CapElement, faults: CapFault[]): void {
  for (const { name, namespace } of tree.attributes)
    if (namespace !== INSTANCE_NAMESPACE) faults.push(faultAt(tree, 'attribute', { value: name }))
  if (content.kind === 'elements') {
    if (tree.text.trim() !== '') faults.push(faultAt(tree, 'loose_text', { value: tree.text }))
    checkChildren(tree, content, faults)
    return
  }
  for (const child of tree.children) faults.push(faultAt(child, 'unknown_element'))
  if (tree.children.length === 0) checkValue(tree, content, faults)
}

/** Walks the children along the sequence: what is unknown, twice, out of place or missing. */
function checkChildren(
  tree: XmlTree,
  { elements, maySign }: CapContent & { kind: 'elements' },
  faults: CapFault[],
): void {
  const seen = new Map<string, number>()
  let reached = 0
  for (const child of tree.children) {
    const isOurs = child.namespace === tree.namespace
    const index = isOurs ? elements.findIndex(({ name }) => name === child.name) : -1
    const rule = elements[index]
    if (rule === undefined) {
      if (maySign && child.namespace === SIGNATURE_NAMESPACE) reached = elements.length
      else faults.push(faultAt(child, isOurs ? 'unknown_element' : 'foreign_element'))
      continue
    }
    const times = (seen.get(rule.name) ?? 0) + 1
    seen.set(rule.name, times)
    if (times > 1 && !rule.isRepeatable) faults.push(faultAt(child, 'too_many'))
    else if (index < reached) faults.push(faultAt(child, 'order'))
    reached = Math.max(reached, index)
    checkElement(child, rule, faults)
  }
  for (const { name, isRequired } of elements)
    if (isRequired && !seen.has(name)) faults.push(faultAt(tree, 'missing', { value: name }))
}

function checkValue(tree: XmlTree, content: CapContent, faults: CapFault[]): void {
  const value = tree.text
  switch (content.kind) {
    case 'text':
    case 'elements':
      return
    case 'choice':
      if (!content.values.includes(value))
        faults.push(faultAt(tree, 'value', { value, expected: content.values.join(', ') }))
      return
    case 'dateTime':
    case 'zonedDateTime':
      if (capInstant(value, content.kind === 'zonedDateTime') === undefined)
        faults.push(faultAt(tree, 'date', { value }))
      return
    case 'language':
      if (!/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(collapse(value)))
        faults.push(faultAt(tree, 'language', { value }))
      return
    case 'integer':
      if (!/^[+-]?\d+$/.test(collapse(value))) faults.push(faultAt(tree, 'number', { value }))
      return
    case 'decimal':
      if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(collapse(value)))
        faults.push(faultAt(tree, 'number', { value }))
      return
    case 'uri':
      if (!isUriReference(collapse(value))) faults.push(faultAt(tree, 'uri', { value }))
  }
}

/** `xs:anyURI` takes nearly everything; what no URI reference can be, even once escaped, is refused (RFC 3986 §4.2). */
function isUriReference(text: string): boolean {
  if (/%(?![0-9A-Fa-f]{2})/.test(text) || text.split('#').length > 2) return false
  const [first = ''] = text.split(/[/?#]/)
  return !first.includes(':') || /^[a-z][a-z0-9+.-]*:/i.test(first)
}
