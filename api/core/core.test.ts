import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAround, distanceM, HUE_BOX, inBox, lngLat, roundForPublic } from './geo.ts'
import {
  idFactory,
  isUuid,
  newPublicCode,
  newSecret,
  newTypedCode,
  parsePublicCode,
  type Random,
  sha256Hex,
} from './ids.ts'
import { decodeCursor, encodeCursor } from './paging.ts'
import { redact, redactText } from './redact.ts'
import { clean, fold, toneFold, truncate } from './text.ts'
import {
  addDays,
  formatDateTime,
  formatOffsetDateTime,
  isLocalDate,
  localDate,
  startOfLocalDay,
  weekday,
} from './time.ts'

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length))
const SEED = 20261123

describe('ids', () => {
  it('grow, also within a millisecond and when the clock steps back', () => {
    let at = 1_000_000
    const newId = idFactory(() => new Date(at), random)
    const ids = Array.from({ length: 10_000 }, (_, i) => {
      if (i === 5000) at -= 500
      return newId()
    })
    expect(ids.every(isUuid)).toBe(true)
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a code to be typed is never read as the code of a case', () => {
    const codes = Array.from({ length: 3_000 }, () => newTypedCode(8, random))
    expect(codes.filter((code) => parsePublicCode(code) !== undefined)).toEqual([])
  })

  it('a public code is read back however people type it, and one slip is noticed', () => {
    for (let i = 0; i < 500; i++) {
      const code = newPublicCode(random)
      expect(parsePublicCode(code)).toBe(code)
      expect(parsePublicCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code)
      expect(parsePublicCode(code.slice(4).replace('-', ''))).toBe(code)
      const at = 4 + (i % 4)
      const other = code[at] === 'A' ? 'B' : 'A'
      expect(parsePublicCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined()
    }
  })

  it('the code parser never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => parsePublicCode(s) === undefined || true),
      { seed: SEED },
    )
  })

  it('secrets are 43 url-safe signs and hashes are SHA-256', async () => {
    expect(newSecret(random)).toMatch(/^[\w-]{43}$/)
    expect(await sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('a cursor gives its id back and nothing else is one', () => {
    const id = idFactory(() => new Date(), random)()
    expect(decodeCursor(encodeCursor(id))).toBe(id)
    fc.assert(
      fc.property(fc.string(), (s) => decodeCursor(s) === undefined),
      { seed: SEED },
    )
  })
})

describe('time', () => {
  it('a day in Viet Nam begins at 17:00Z of the day before', () => {
    expect(localDate(new Date('2026-11-22T17:00:00Z'))).toBe('2026-11-23')
    expect(localDate(new Date('2026-11-22T16:59:59Z'))).toBe('2026-11-22')
    expect(startOfLocalDay('2026-11-23').toISOString()).toBe('2026-11-22T17:00:00.000Z')
  })
  it('is written the local way and the CAP way', () => {
    const at = new Date('2026-11-23T15:30:05Z')
    expect(formatDateTime(at)).toBe('22:30 23/11/2026')
    expect(formatOffsetDateTime(at)).toBe('2026-11-23T22:30:05+07:00')
  })
  it('knows real days', () => {
    expect(isLocalDate('2026-02-29')).toBe(false)
    expect(isLocalDate('2028-02-29')).toBe(true)
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(weekday('2026-11-23')).toBe(1)
  })
})

describe('geo', () => {
  it('measures along the ground', () => {
    const kimLong = { lng: 107.57, lat: 16.47 }
    expect(distanceM(kimLong, { lng: 107.57, lat: 16.48 })).toBeCloseTo(1111.95, 0)
    const box = boxAround(kimLong, 150)
    expect(inBox({ lng: 107.5705, lat: 16.4705 }, box)).toBe(true)
    expect(inBox({ lng: 107.572, lat: 16.47 }, box)).toBe(false)
  })
  it('takes no impossible point and rounds for the public', () => {
    expect(lngLat(Number.NaN, 16)).toBeUndefined()
    expect(lngLat(16.4, 107.5)).toBeUndefined()
    expect(roundForPublic({ lng: 107.532512, lat: 16.569749 })).toEqual({
      lng: 107.533,
      lat: 16.57,
    })
    expect(inBox({ lng: 106.7, lat: 10.8 }, HUE_BOX)).toBe(false)
  })
})

describe('text', () => {
  it('folds marks, đ, case and spaces', () => {
    expect(fold('Đường  Hoà Bình – kiệt 12/3')).toBe('duong hoa binh – kiet 12/3')
    expect(fold('Đường')).toBe(fold('Đường'.normalize('NFD')))
  })
  it('two tone styles are one text, and quý stays', () => {
    for (const [a, b] of [
      ['hoà', 'hòa'],
      ['Thuỷ', 'Thủy'],
      ['khoẻ', 'khỏe'],
      ['Thuận Hoá', 'Thuận Hóa'],
    ] as const) {
      expect(toneFold(a)).toBe(toneFold(b))
    }
    expect(toneFold('quý')).toBe('quý')
    expect(toneFold('hoàn')).toBe('hoàn')
    expect(toneFold('hòa')).not.toBe(toneFold('hóa'))
  })
  it('cleans without changing words, and cuts no sign in half', () => {
    expect(clean('  nước\u200B vô\r\nnhà\u0007 ')).toBe('nước vô\nnhà')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (s, n) => {
        const cut = truncate(s, n)
        expect(cut.length).toBeLessThanOrEqual(n)
        expect(cut.isWellFormed()).toBe(true)
      }),
      { seed: SEED },
    )
  })
})

describe('redaction', () => {
  it('masks tokens, phones, coordinates and secret keys at any depth', () => {
    const text = redactText(
      'https://x/bot123456:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8/get 0912345678 +84912345678 16.569749',
    )
    expect(text).not.toMatch(/AAH5|0912|8491|16\.56/)
    expect(JSON.stringify(redact({ a: { password: 'x1', list: [{ phone: '1' }] }, ok: 3 }))).toBe(
      '{"a":{"password":"[redacted]","list":[{"phone":"[redacted]"}]},"ok":3}',
    )
  })

  it('masks phones and id numbers however people space them', () => {
    for (const typed of [
      '(0234) 3.822.222',
      '0234-3822222',
      '(+84) 912 345 678',
      '0912 - 345 - 678',
    ])
      expect(redactText(`gọi ${typed} nhé`).replace(/\[\w+\]/g, '')).not.toMatch(/\d/)
    expect(redactText('số 046 085 001 234')).not.toMatch(/\d/)
    expect(redactText('nhà 24, kiệt 5, hạn 30/11/2026')).toBe('nhà 24, kiệt 5, hạn 30/11/2026')
  })

  it('takes time in proportion to the text: a report made to be slow costs what any other does', () => {
    // Quadratic work over 200,000 signs would take minutes.
    for (const piece of ['a', 'a.', '0', '84', 'a@b', '0 (', '://a:b', '/bot']) {
      const started = performance.now()
      redactText(piece.repeat(200_000 / piece.length))
      expect(performance.now() - started).toBeLessThan(5_000)
    }
    expect(redactText('viết cho an.b+c@hue.vn nhé')).toBe('viết cho [email] nhé')
  })

  it('keeps no sentence of a database error or a parser, which quotes what people wrote', () => {
    const typed = 'Nguyen Van A'
    const failed = Object.assign(new Error(`invalid input syntax for type uuid: "${typed}"`), {
      code: '22P02',
    })
    let parsing: unknown
    try {
      JSON.parse(`{"name": ${typed}}`)
    } catch (error) {
      parsing = error
    }
    const logged = JSON.stringify(
      redact({ error: failed, parsing, outer: new Error('x', { cause: failed }) }),
    )
    expect(logged).not.toContain('Nguyen')
    expect(logged).toContain('22P02')
    expect(redact(new Error('a plain reason'))).toMatchObject({ message: 'a plain reason' })
  })
})
