import { readXmlTree, type XmlLimits, type XmlTree } from '../xml-tree.ts'
import { checkMeaning } from './check-meaning.ts'
import { checkSchema } from './check-schema.ts'
import { type CapFault, faultAt } from './fault.ts'
import { CAP_NAMESPACES, CAP_VERSIONS, type CapVersion } from './schema.ts'

/** Ours: ten times the largest alert seen in public feeds; a polygon of 10,000 points fits. */
export const CAP_LIMITS: XmlLimits = { maxBytes: 1_000_000, maxDepth: 16, maxElements: 20_000 }

export type CheckedCap = {
  /** In the order of the document; errors make it unfit, advice does not. */
  faults: readonly CapFault[]
  /** Absent when the document is no CAP at all. */
  found?: { version: CapVersion; root: XmlTree }
}

/** Checks a CAP document of version 1.0, 1.1 or 1.2 (told apart by its namespace). Total. */
export function checkCap(bytes: Uint8Array): CheckedCap {
  const read = readXmlTree(bytes, CAP_LIMITS)
  if (!read.ok) {
    const { detail: value, ...fault } = read.fault
    return { faults: [{ ...fault, level: 'error', element: '', value }] }
  }
  const { root } = read
  const version = CAP_VERSIONS.find((one) => CAP_NAMESPACES[one] === root.namespace)
  if (version === undefined || root.name !== 'alert')
    return { faults: [faultAt(root, 'not_cap', { value: root.namespace })] }
  const faults = [...checkSchema(root, version), ...checkMeaning(root, version)]
  faults.sort((a, b) => a.line - b.line || a.column - b.column)
  return { faults, found: { version, root } }
}

export const isFit = ({ faults, found }: CheckedCap): boolean =>
  found !== undefined && faults.every(({ level }) => level !== 'error')
