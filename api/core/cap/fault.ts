import type { XmlFault, XmlTree } from '../xml-tree.ts'

/** Rules of the schema: the document is not a CAP message of its version. */
type SchemaRule =
  | 'not_cap'
  | 'unknown_element'
  | 'foreign_element'
  | 'attribute'
  | 'loose_text'
  | 'too_many'
  | 'order'
  | 'missing'
  | 'value'
  | 'date'
  | 'language'
  | 'number'
  | 'uri'

/** Rules in words of the standard, which no schema can hold. */
type MeaningRule =
  | 'empty'
  | 'identifier'
  | 'sender'
  | 'restriction_scope'
  | 'addresses_scope'
  | 'references'
  | 'references_missing'
  | 'polygon'
  | 'circle'
  | 'ceiling'
  | 'altitude'
  | 'web'
  | 'resource_uri'
  | 'resource_size'
  | 'password'

/** What works, and still leaves people less well warned. */
type AdviceRule =
  | 'language_default'
  | 'language_twice'
  | 'expires_missing'
  | 'expires_early'
  | 'info_missing'
  | 'area_missing'
  | 'instruction_missing'
  | 'restriction_missing'
  | 'addresses_missing'
  | 'headline_long'

export type CapRule = XmlFault['rule'] | SchemaRule | MeaningRule | AdviceRule

/** One fault and where it is; `element` is the name of the element that the place belongs to. */
export type CapFault = {
  line: number
  column: number
  level: 'error' | 'advice'
  rule: CapRule
  element: string
  value?: string
  expected?: string
}

/** Values are shown to people: a long one is cut. */
const SHOWN_MAX = 80

export function faultAt(
  { line, column, name: element }: XmlTree,
  rule: CapRule,
  detail: { value?: string; expected?: string; level?: CapFault['level'] } = {},
): CapFault {
  const { value, expected, level = 'error' } = detail
  const tidy = value?.trim().replace(/\s+/g, ' ')
  const shown =
    tidy !== undefined && tidy.length > SHOWN_MAX ? `${tidy.slice(0, SHOWN_MAX)}…` : tidy
  return {
    line,
    column,
    level,
    rule,
    element,
    ...(shown === undefined ? {} : { value: shown }),
    ...(expected === undefined ? {} : { expected }),
  }
}
