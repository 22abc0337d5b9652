import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeXml, writeXmlDocument, xml } from './xml.ts'

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#13;': '\r',
  '&#10;': '\n',
  '&#9;': '\t',
}
/** What a reader makes of written text. */
const read = (text: string) => text.replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? '?')

/** XML 1.0 §2.2, production Char. */
const isLegal = (text: string) =>
  [...text].every((sign) => {
    const code = sign.codePointAt(0) ?? 0
    if (code < 0x20) return '\t\n\r'.includes(sign)
    return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff)
  })

describe('writing XML', () => {
  it('nests, keeps the order, and leaves out what is undefined', () => {
    const tree = xml(
      'alert',
      [xml('sender', 'Huế'), undefined, xml('count', 0), xml('empty'), xml('none', undefined)],
      { xmlns: 'urn:x', id: undefined, 'xml:lang': 'vi' },
    )
    expect(writeXmlDocument(tree)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<alert xmlns="urn:x" xml:lang="vi"><sender>Huế</sender><count>0</count><empty/><none/></alert>\n',
    )
  })

  it('escapes what would end a text, an attribute or a CDATA section', () => {
    expect(writeXml(xml('a', 'x < 1 && ]]> "y"', { b: '"<\n\t>' }))).toBe(
      '<a b="&quot;&lt;&#10;&#9;&gt;">x &lt; 1 &amp;&amp; ]]&gt; "y"</a>',
    )
  })

  it('drops signs that no document may hold and keeps emoji whole', () => {
    expect(writeXml(xml('a', 'b\u0000\u0008c\u001F\uFFFE\uD83Dd\uDE00 😀'))).toBe('<a>bcd 😀</a>')
  })

  it('takes names from code only', () => {
    for (const name of ['', '1a', 'a b', 'a>', 'a:b:c', 'x"']) {
      expect(() => writeXml(xml(name))).toThrow(TypeError)
      expect(() => writeXml(xml('a', [], { [name]: '1' }))).toThrow(TypeError)
    }
  })

  it('gives back every text that is legal, and never an illegal sign', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'&<>"\'\r\n\t]]>\u0001\uD800ế😀;#'), maxLength: 40 }),
    )
    fc.assert(
      fc.property(anyText, anyText, (text, value) => {
        const written = writeXml(xml('a', text, { b: value }))
        expect(isLegal(written)).toBe(true)
        const match = /^<a b="([^"<]*)"(?:\/>|>([^<]*)<\/a>)$/.exec(written)
        expect(match).not.toBeNull()
        if (isLegal(text)) expect(read(match?.[2] ?? '')).toBe(text)
        if (isLegal(value)) expect(read(match?.[1] ?? '')).toBe(value)
      }),
      { seed: 20261127 },
    )
  })
})
