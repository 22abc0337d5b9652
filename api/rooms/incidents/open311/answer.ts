import { writeXmlDocument, type XmlElement, xml } from '../../../core/xml.ts'

/** One answer in both notations: XML as the specification draws it, JSON by its Spark convention (lists lose their item's name). */
export type Value = string | number | boolean | null | List
export type Fields = { readonly [name: string]: Value | undefined }
export type List = { item: string; of: readonly (Fields | string)[] }
export type Answer = { root: string; content: List | Fields }
export type Format = 'xml' | 'json'

const isList = (value: Value | List | Fields): value is List =>
  typeof value === 'object' && value !== null && 'item' in value && 'of' in value

const listXml = ({ item, of }: List): XmlElement[] =>
  of.map((one) => (typeof one === 'string' ? xml(item, one) : xml(item, fieldsXml(one))))

const fieldsXml = (fields: Fields): XmlElement[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (value === null) return [xml(name)]
    return [xml(name, isList(value) ? listXml(value) : String(value))]
  })

const listJson = ({ of }: List): unknown[] =>
  of.map((one) => (typeof one === 'string' ? one : fieldsJson(one)))

const fieldsJson = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        value !== null && typeof value === 'object' ? listJson(value) : value,
      ]),
  )

const TYPES: Record<Format, string> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** The body and its content type, as GeoReport v2 names them. */
export function render({ root, content }: Answer, format: Format): { body: string; type: string } {
  const type = TYPES[format]
  if (format === 'json') {
    const value = isList(content) ? listJson(content) : fieldsJson(content)
    return { body: JSON.stringify(value), type }
  }
  const children = isList(content) ? listXml(content) : fieldsXml(content)
  return { body: writeXmlDocument(xml(root, children)), type }
}
