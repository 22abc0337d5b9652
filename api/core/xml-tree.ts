import { SaxesParser, type SaxesTagNS } from 'saxes'

/** One element with the place where it begins (both counted from 1) and all text directly in it. */
export type XmlTree = {
  /** Without prefix. */
  name: string
  namespace: string
  line: number
  column: number
  attributes: readonly { name: string; namespace: string; value: string }[]
  text: string
  children: XmlTree[]
}

/** `limit`, `doctype`, `encoding` or `malformed`; `detail` is the parser's own English. */
export type XmlFault = {
  line: number
  column: number
  rule: 'limit' | 'doctype' | 'encoding' | 'malformed'
  detail: string
}

export type XmlLimits = { maxBytes: number; maxDepth: number; maxElements: number }

const UTF16 = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
]

/** Text of a document by its byte order mark, else by its declaration, else as UTF-8 (XML 1.0 appendix F). */
function decode(bytes: Uint8Array): string | undefined {
  const marked = UTF16.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte))?.label
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^(?:ï»¿)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

type Read = { ok: true; root: XmlTree } | { ok: false; fault: XmlFault }

/**
 * Reads a document strictly. No document type is taken, so no entity but the five of XML is ever expanded and nothing
 * is fetched; size, depth and number of elements are bounded. Total: a fault is returned, nothing is thrown.
 */
export function readXmlTree(bytes: Uint8Array, limits: XmlLimits): Read {
  const fault = (rule: XmlFault['rule'], detail: string): Read => ({
    ok: false,
    fault: { line: 1, column: 1, rule, detail },
  })
  if (bytes.length > limits.maxBytes) return fault('limit', `more than ${limits.maxBytes} bytes`)
  const text = decode(bytes)
  return text === undefined
    ? fault('encoding', 'not in its declared encoding')
    : parse(text, limits)
}

function parse(text: string, limits: XmlLimits): Read {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: XmlTree[] = []
  let root: XmlTree | undefined
  let elements = 0
  let start = { line: 1, column: 1 }
  const placeOf = lineCounter(text)
  let fault: XmlFault | undefined
  const stop = (rule: XmlFault['rule'], detail: string): never => {
    fault = { line: parser.line, column: parser.columnIndex + 1, rule, detail }
    throw new Error(rule)
  }
  const add = (data: string) => {
    const last = open.at(-1)
    if (last !== undefined) last.text += data
  }
  parser.on('error', (error) => stop('malformed', error.message.replace(/^[\d:]+\s*/, '')))
  parser.on('doctype', () => stop('doctype', 'a document type is not taken'))
  parser.on('opentagstart', ({ name }) => {
    start = placeOf(text.lastIndexOf(`<${name}`, parser.position))
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    elements += 1
    if (elements > limits.maxElements) stop('limit', `more than ${limits.maxElements} elements`)
    if (open.length >= limits.maxDepth) stop('limit', `deeper than ${limits.maxDepth} elements`)
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ local, uri, value }) => ({ name: local, namespace: uri, value }))
    const { local: name, uri: namespace } = tag
    const node: XmlTree = { name, namespace, ...start, attributes, text: '', children: [] }
    open.at(-1)?.children.push(node)
    root ??= node
    open.push(node)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', add)
  parser.on('cdata', add)
  try {
    parser.write(text).close()
    return root === undefined ? stop('malformed', 'no element') : { ok: true, root }
  } catch (error) {
    if (fault === undefined) throw error
    return { ok: false, fault }
  }
}

/** Line and column, from 1, of growing offsets; reads the text once. */
function lineCounter(text: string) {
  const breaks = /\r\n|\n|\r/g
  let next = breaks.exec(text)
  let line = 1
  let lineStart = 0
  return (offset: number) => {
    while (next !== null && next.index < offset) {
      line += 1
      lineStart = breaks.lastIndex
      next = breaks.exec(text)
    }
    return { line, column: offset - lineStart + 1 }
  }
}
