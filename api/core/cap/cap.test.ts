import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapAlert } from './alert.ts'
import { standingsOf } from './chain.ts'
import { checkCap, isFit } from './check.ts'
import { readCap } from './read.ts'
import { SAMPLE } from './sample.ts'
import { writeCap } from './write.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const written = writeCap(SAMPLE)
/** The sample with one thing changed; fails when there was nothing to change. */
function changed(from: string | RegExp, to: string): string {
  const text = written.replace(from, to)
  if (text === written) throw new Error(`nothing to change: ${from}`)
  return text
}
const rulesOf = (text: string) => checkCap(bytes(text)).faults.map(({ rule }) => rule)

describe('what is written', () => {
  it('is fit, without advice, and reads back the same', () => {
    expect(checkCap(bytes(written)).faults).toEqual([])
    expect(readCap(bytes(written))).toEqual({ alert: SAMPLE, version: '1.2' })
  })

  it('has the order of the schema, offsets instead of Z, latitude first', () => {
    expect(written).toContain('<sent>2026-11-23T22:30:00+07:00</sent><status>Exercise</status>')
    expect(written).toContain(
      '<polygon>16.53,107.48 16.53,107.52 16.58,107.5 16.53,107.48</polygon>',
    )
    expect(written).toContain('<circle>16.55,107.5 2.5</circle>')
  })

  it('survives any words and any places, there and back', () => {
    // XML gives white space at the ends away; control signs are no text of XML.
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/\p{C}/gu, '').trim())
      .filter((text) => text !== '')
    const point = fc.record({
      lng: fc.integer({ min: -180_000_000, max: 180_000_000 }).map((n) => n / 1e6),
      lat: fc.integer({ min: -90_000_000, max: 90_000_000 }).map((n) => n / 1e6),
    })
    const ring = fc
      .array(point, { minLength: 3, maxLength: 9 })
      .map((points) => [...points, ...points.slice(0, 1)])
    const [info] = SAMPLE.infos
    if (info === undefined) throw new Error('no block')
    fc.assert(
      fc.property(words, words, ring, point, (headline, description, polygon, center) => {
        const area = {
          description,
          polygons: [polygon],
          circles: [{ center, radiusKm: 0.5 }],
          geocodes: [],
        }
        const alert: CapAlert = { ...SAMPLE, infos: [{ ...info, headline, areas: [area] }] }
        const tidy = (one: CapAlert) => JSON.parse(JSON.stringify(one).replace(/-0(?=[,}])/g, '0'))
        const read = readCap(bytes(writeCap(alert)))
        expect('alert' in read ? tidy(read.alert) : read.faults).toEqual(tidy(alert))
      }),
    )
  })
})

describe('a fault of the schema is named with its place', () => {
  it.each([
    ['missing', /<event>[^<]*<\/event>/, ''],
    ['order', /<scope>Public<\/scope>/, '<note>n</note><scope>Public</scope>'],
    ['too_many', '<scope>Public</scope>', '<scope>Public</scope><scope>Public</scope>'],
    ['unknown_element', '<scope>', '<place>Huế</place><scope>'],
    ['foreign_element', '<scope>', '<x:scope xmlns:x="urn:x"/><scope>'],
    ['attribute', '<scope>', '<scope id="1">'],
    ['loose_text', '<info>', '<info>lũ'],
    ['value', '<urgency>Expected', '<urgency>Soon'],
    ['value', '<status>Exercise', '<status> Exercise '],
    ['date', '22:30:00+07:00', '22:30:00Z'],
    ['date', '2026-11-23T22:30:00+07:00', '2026-02-30T22:30:00+07:00'],
    ['date', '22:30:00+07:00', '22:30:00.5+07:00'],
    ['language', 'vi-VN', 'vi_VN'],
    ['not_cap', 'urn:oasis:names:tc:emergency:cap:1.2', 'urn:oasis:names:tc:emergency:cap:1.3'],
    ['malformed', '</alert>', ''],
    ['doctype', '<alert ', '<!DOCTYPE alert [<!ENTITY x "y">]><alert '],
    ['malformed', 'UBND', '&ubnd;'],
  ] as const)('%s: %s', (rule, from, to) => {
    const { faults } = checkCap(bytes(changed(from, to)))
    expect(faults.filter(({ level }) => level === 'error').map((fault) => fault.rule)).toContain(
      rule,
    )
    expect(isFit(checkCap(bytes(changed(from, to))))).toBe(false)
  })

  it('by line and column', () => {
    const text = changed('<urgency>Expected', '\n  <urgency>Soon')
    expect(checkCap(bytes(text)).faults).toEqual([
      expect.objectContaining({
        line: 3,
        column: 3,
        rule: 'value',
        element: 'urgency',
        value: 'Soon',
      }),
    ])
  })

  it('a document too large, too deep or of too many elements is not read', () => {
    expect(rulesOf(`${' '.repeat(1_000_001)}<a/>`)).toEqual(['limit'])
    expect(rulesOf('<a>'.repeat(20))).toEqual(['limit'])
    expect(rulesOf(`<a>${'<b/>'.repeat(20_001)}</a>`)).toEqual(['limit'])
  })
})

describe('a fault of meaning is named', () => {
  it.each([
    ['identifier', 'hue.19867.20261123.1', 'hue 19867'],
    ['sender', 'canhbao@quangdien.hue.gov.vn', 'a,b'],
    ['empty', /<areaDesc>[^<]*/, '<areaDesc> '],
    ['restriction_scope', '</scope>', '</scope><restriction>công an</restriction>'],
    ['addresses_scope', '</scope>', '</scope><addresses>a@b.vn</addresses>'],
    ['references', '</scope>', '</scope><references>a b c</references>'],
    ['references_missing', '<msgType>Alert', '<msgType>Cancel'],
    ['polygon', '16.53,107.48</polygon>', '16.53,107.49</polygon>'],
    ['polygon', '16.58,107.5 ', '96.58,107.5 '],
    ['circle', '16.55,107.5 2.5', '16.55,107.5'],
    ['ceiling', '</geocode>', '</geocode><ceiling>10</ceiling>'],
    ['altitude', '</geocode>', '</geocode><altitude>20</altitude><ceiling>10</ceiling>'],
    ['web', '</instruction>', '</instruction><web>hue.gov.vn</web>'],
  ] as const)('%s', (rule, from, to) => {
    const text = changed(from, to)
    expect(rulesOf(text)).toContain(rule)
    expect(isFit(checkCap(bytes(text)))).toBe(false)
  })

  it.each([
    ['language_default', /<language>vi-VN<\/language>/, ''],
    ['language_twice', 'en-GB', 'vi-VN'],
    ['expires_missing', /<expires>[^<]*<\/expires>/, ''],
    ['expires_early', '2026-11-24T10:00:00', '2026-11-23T10:00:00'],
    ['info_missing', /<info>.*<\/info>/, ''],
    ['area_missing', /<area>.*?<\/area>/, ''],
    ['instruction_missing', /<instruction>.*?<\/instruction>/, ''],
    ['restriction_missing', '<scope>Public', '<scope>Restricted'],
    ['addresses_missing', '<scope>Public', '<scope>Private'],
    ['headline_long', '<headline>', `<headline>${'lũ '.repeat(60)}`],
  ] as const)('advice does no harm: %s', (rule, from, to) => {
    const checked = checkCap(bytes(changed(from, to)))
    expect(checked.faults).toContainEqual(expect.objectContaining({ rule, level: 'advice' }))
    expect(isFit(checked)).toBe(true)
  })
})

describe('older versions', () => {
  const old = (version: string, body: string) =>
    `<alert xmlns="${version}"><identifier>1</identifier><sender>a</sender><sent>2005-01-02T03:04:05Z</sent>${body}</alert>`
  const info = (more: string) =>
    `<info><event>Lũ</event><urgency>Past</urgency><severity>Minor</severity><certainty>Very Likely</certainty>${more}</info>`

  it('1.0 is told by its namespace; its pairs and its certainty become those of today', () => {
    const body = `<status>Actual</status><msgType>Alert</msgType>${info('<parameter>VN:BaoDong=2=x</parameter>')}`
    const read = readCap(bytes(old('http://www.incident.com/cap/1.0', body)))
    expect(read).toMatchObject({
      version: '1.0',
      alert: {
        scope: 'Public',
        sentAt: new Date('2005-01-02T03:04:05Z'),
        infos: [{ certainty: 'Likely', parameters: [{ name: 'VN:BaoDong', value: '2=x' }] }],
      },
    })
  })

  it('1.0 may carry a password in its schema, and must not; 1.1 knows no AllClear', () => {
    const body = `<status>Actual</status><msgType>Ack</msgType><password>x</password>`
    expect(rulesOf(old('http://www.incident.com/cap/1.0', body))).toEqual(['password'])
    const as11 = written.replace('cap:1.2', 'cap:1.1')
    expect(rulesOf(as11)).toEqual([])
    expect(rulesOf(as11.replaceAll('>Prepare<', '>AllClear<'))).toEqual(['value', 'value'])
  })
})

describe('chains of messages', () => {
  const message = (n: number, messageType = 'Alert', of: readonly number[] = []): CapAlert => ({
    ...SAMPLE,
    identifier: `m${n}`,
    messageType,
    sentAt: new Date(SAMPLE.sentAt.getTime() + n * 60_000),
    references: of.map((m) => ({
      sender: SAMPLE.sender,
      identifier: `m${m}`,
      sent: '2026-11-23T22:30:00+07:00',
    })),
  })
  const now = new Date('2026-11-23T16:00:00Z')

  it('an update replaces, a cancellation reaches back over the whole chain, whatever the order of arrival', () => {
    const chain = [message(1), message(2, 'Update', [1]), message(3, 'Cancel', [2])]
    expect(standingsOf(chain.slice(0, 2), now)).toEqual(['replaced', 'current'])
    expect(standingsOf(chain, now)).toEqual(['cancelled', 'cancelled', 'no_warning'])
    expect(standingsOf(chain.toReversed(), now)).toEqual(['no_warning', 'cancelled', 'cancelled'])
  })

  it('nobody ends the warning of another, and nothing ends what comes after it', () => {
    const foreign = { ...message(2, 'Cancel', [1]), sender: 'other@example.vn' }
    expect(standingsOf([message(1), foreign], now)).toEqual(['current', 'no_warning'])
    expect(standingsOf([message(5), message(2, 'Cancel', [5])], now)).toEqual([
      'current',
      'no_warning',
    ])
  })

  it('is over when every block is over', () => {
    expect(standingsOf([message(1)], new Date('2026-11-24T03:00:00Z'))).toEqual(['expired'])
    expect(standingsOf([message(1)], new Date('2026-11-24T02:59:59Z'))).toEqual(['current'])
  })
})

it('no bytes at all make the checker throw', () => {
  const piece = fc.constantFrom(...written.split(/(?=<)/), '<', '&', ']]>', '<!--', '\u0000', 'é')
  const document = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => bytes(pieces.join(''))),
    fc.nat(written.length).map((at) => bytes(written.slice(0, at))),
  )
  fc.assert(
    fc.property(document, (one) => {
      const checked = checkCap(one)
      expect(isFit(checked)).toBe(checked.faults.every(({ level }) => level === 'advice'))
    }),
    { numRuns: 500 },
  )
})
