/** What stands in an element: another one, text (escaped), or nothing. */
export type XmlNode = XmlElement | string | number | undefined
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>
export type XmlElement = {
  name: string
  attributes: XmlAttributes
  children: readonly XmlNode[]
}

/** `xml('area', [xml('areaDesc', 'Phước Yên')], { id: 1 })`; an undefined child or attribute leaves no trace. */
export const xml = (
  name: string,
  content: XmlNode | readonly XmlNode[] = [],
  attributes: XmlAttributes = {},
): XmlElement => ({
  name,
  attributes,
  children: content !== undefined && isList(content) ? content : [content],
})

const isList = (content: XmlNode | readonly XmlNode[]): content is readonly XmlNode[] =>
  Array.isArray(content)

/** What XML 1.0 §2.2 does not allow even when escaped: control signs, lone surrogates, U+FFFE, U+FFFF. */
const ILLEGAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are what is dropped
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** A reader turns a bare CR into LF, and white space of an attribute into blanks (§2.11, §3.3.3). */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const escaped = (text: string, signs: RegExp): string =>
  text.replace(ILLEGAL, '').replace(signs, (sign) => ESCAPES[sign] ?? sign)

/** Text as it may stand between two tags. */
export const xmlText = (text: string): string => escaped(text, /[&<>\r]/g)
const attributeText = (text: string): string => escaped(text, /[&<>"\r\n\t]/g)

/** Names come from code, never from data; one prefix is allowed. */
const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/

function checked(name: string): string {
  if (!NAME.test(name)) throw new TypeError('not an XML name')
  return name
}

/** One element and what stands in it, without white space of its own: the same tree always gives the same text. */
export function writeXml(element: XmlElement): string {
  const name = checked(element.name)
  const attributes = Object.entries(element.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${checked(key)}="${attributeText(String(value))}"`)
    .join('')
  const inner = element.children
    .map((child) => {
      if (child === undefined) return ''
      return typeof child === 'object' ? writeXml(child) : xmlText(String(child))
    })
    .join('')
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`
}

/** A whole document; send it as UTF-8. */
export const writeXmlDocument = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`
