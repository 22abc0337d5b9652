import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDossierCodes, issuerKind, readDossierCode, readReceipt } from './dossier-code.ts'

const TODAY = '2026-11-27'
const SEED = 20261127
const codeOf = (input: string) => {
  const read = readDossierCode(input, TODAY)
  return read.outcome === 'none' ? read.reason : `${read.outcome} ${read.code.code}`
}

const two = (n: number) => String(n).padStart(2, '0')
const day = fc
  .record({
    year: fc.integer({ min: 18, max: 25 }),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, date }) => `${two(year)}${two(month)}${two(date)}`)
const issuer = fc.record({
  letter: fc.constantFrom('H', 'G', 'A'),
  n: fc.integer({ min: 0, max: 99 }),
})
const legacy = fc
  .record({
    parts: fc.tuple(fc.nat(999), fc.nat(99), fc.nat(99)),
    issuer,
    day,
    number: fc.nat(9999),
  })
  .map(
    ({ parts: [a, b, c], issuer: { letter, n }, day, number }) =>
      `${String(a).padStart(3, '0')}.${two(b)}.${two(c)}.${letter}${two(n)}-${day}-${String(number).padStart(4, '0')}`,
  )
const modern = fc
  .record({
    issuer,
    children: fc.array(fc.nat(999), { maxLength: 4 }),
    day,
    number: fc.integer({ min: 100, max: 999_999 }),
  })
  .map(
    ({ issuer: { letter, n }, children, day, number }) =>
      `${[`${letter}${two(n)}`, ...children].join('.')}-${day}-${number}`,
  )

describe('dossier codes', () => {
  it('reads both shapes and says who gave them out and when', () => {
    const read = readDossierCode('000.00.09.H57-230215-0012', TODAY)
    expect(read).toEqual({
      outcome: 'code',
      code: {
        code: '000.00.09.H57-230215-0012',
        shape: 'legacy',
        unit: '000.00.09.H57',
        issuer: 'H57',
        receivedOn: '2023-02-15',
        number: '0012',
      },
    })
    expect(codeOf('h57.19.3-250915-00123')).toBe('code H57.19.3-250915-00123')
  })

  it('every code is read back, whatever its case, dashes and spaces around', () => {
    fc.assert(
      fc.property(fc.oneof(legacy, modern), (code) => {
        const typed = ` ${code.toLowerCase().replaceAll('-', ' – ')}\u200b `
        expect(codeOf(code)).toBe(`code ${code}`)
        expect(codeOf(typed)).toBe(`code ${code}`)
      }),
      { seed: SEED },
    )
  })

  it('a legacy code without its dots, with other separators or with O for 0 is offered, not taken', () => {
    fc.assert(
      fc.property(legacy, (code) => {
        for (const typed of [
          code.replace(/[.-]/g, ''),
          code.replace(/[.-]/g, ' '),
          code.replace(/[.-]/g, '/'),
          code.replace(/0/g, 'O').replace(/[.]/g, ' '),
        ]) {
          const read = readDossierCode(typed, TODAY)
          if (typed === code) continue
          expect(read).toMatchObject({ outcome: 'did_you_mean', code: { code } })
        }
      }),
      { seed: SEED },
    )
    expect(codeOf('H57 19 250915 0012')).toBe('did_you_mean H57.19-250915-0012')
    expect(codeOf('H572509150012')).toBe('did_you_mean H57-250915-0012')
  })

  it.each([
    ['00.00.09.H57-230215-0012', '000.00.09.H57-230215-0012'],
    ['0.00.09.H57-230215-0012', '000.00.09.H57-230215-0012'],
    ['000.00.09.H57-230215-12', '000.00.09.H57-230215-0012'],
    ['000.00.09.H57-20230215-0012', '000.00.09.H57-230215-0012'],
    ['000.00.09.HS7-23O215-OO12', '000.00.09.H57-230215-0012'],
    ['000.00.09.H57 23/02/15 0012', '000.00.09.H57-230215-0012'],
    ['H57.19_250915_0012', 'H57.19-250915-0012'],
  ])('%s is offered as %s', (typed, code) => expect(codeOf(typed)).toBe(`did_you_mean ${code}`))

  it('a phone behind the number of an alley is none', () => {
    for (const text of ['nhà k12 0905123456', 'tôi ở h 57 0389123456', 'T01 0905 123 456'])
      expect(findDossierCodes(text, TODAY), text).toEqual([])
  })

  it('days that do not exist, days to come and other texts are no code', () => {
    expect(codeOf('000.00.09.H57-230230-0012')).toBe('date')
    expect(codeOf('000.00.09.H57-261128-0001')).toBe('future')
    expect(codeOf('000.00.09.H57-261127-0001')).toBe('code 000.00.09.H57-261127-0001')
    expect(codeOf('HUE-K7M2-QX9A')).toBe('shape')
    expect(codeOf('0912345678')).toBe('shape')
  })

  it('never throws and never makes a code that it does not read back', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[HOG0-9.\- ]{8,40}$/)),
        (s) => {
          for (const read of [
            readDossierCode(s, TODAY),
            readReceipt(s, TODAY),
            ...findDossierCodes(s, TODAY),
          ]) {
            if (read.outcome !== 'none')
              expect(codeOf(read.code.code)).toBe(`code ${read.code.code}`)
          }
        },
      ),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('tells the city from other provinces and from ministries', () => {
    const kind = (text: string) => {
      const read = readDossierCode(text, TODAY)
      return read.outcome === 'none' ? read.reason : issuerKind(read.code, 'H57')
    }
    expect(kind('000.00.09.H57-230215-0012')).toBe('home')
    expect(kind('000.00.09.H38-230215-0012')).toBe('province')
    expect(kind('G09.20-250915-0012')).toBe('ministry')
    expect(kind('A01.20-250915-0012')).toBe('other')
  })
})

describe('codes in sentences and in the QR of a receipt', () => {
  const firstOf = (text: string) => {
    const [read] = findDossierCodes(text, TODAY)
    return read === undefined || read.outcome === 'none'
      ? undefined
      : `${read.outcome} ${read.code.code}`
  }

  it('are found wherever they stand', () => {
    expect(firstOf('hồ sơ 000.00.09.H57-230215-0012 tới đâu rồi')).toBe(
      'code 000.00.09.H57-230215-0012',
    )
    expect(firstOf('ho so h57.19-250915-0012?')).toBe('code H57.19-250915-0012')
    expect(firstOf('mã 000 00 09 H57 230215 0012 ạ')).toBe('did_you_mean 000.00.09.H57-230215-0012')
    expect(firstOf('nhà số 12 kiệt 34, gọi 0912345678')).toBeUndefined()
  })

  it('come out of a plain code, a link and the text of a receipt', () => {
    const code = '000.00.09.H57-230215-0012'
    const read = (payload: string) => {
      const receipt = readReceipt(payload, TODAY)
      return receipt.outcome === 'none' ? receipt.reason : receipt.code.code
    }
    expect(read(code)).toBe(code)
    expect(
      read(`https://dichvucong.example/tra-cuu?ma_ho_so=${encodeURIComponent(code)}&x=1`),
    ).toBe(code)
    expect(read(`https://dichvucong.example/hs/${code}%zz`)).toBe(code)
    expect(
      read(
        `GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ\nMã hồ sơ: ${code}\nNgày nhận: 15/02/2023 08:30`,
      ),
    ).toBe(code)
    expect(read(`${code}\n000.00.09.H57-230215-0013`)).toBe('shape')
    expect(read('https://example.vn/')).toBe('shape')
  })

  it('take time in proportion to the text', () => {
    const started = performance.now()
    for (const piece of ['0', '000.00.', 'H57.', '1 ', 'H57-230215-'])
      readReceipt(piece.repeat(200_000), TODAY)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
