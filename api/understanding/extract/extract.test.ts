import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newPublicCode } from '../../core/ids.ts'
import { normalise } from '../normalise.ts'
import { gazetteerOf, NO_GAZETTEER } from './gazetteer.ts'
import { type Entities, extract } from './index.ts'

const GAZETTEER = gazetteerOf([
  { name: 'Quảng Điền', kind: 'unit', code: '19867', kindWords: ['xa', 'x'], needsCue: false },
  { name: 'Quảng Thọ', kind: 'former_unit', code: '19867', kindWords: ['xa'], needsCue: false },
  { name: 'Phong Phú', kind: 'unit', code: '19828', kindWords: ['phuong'], needsCue: true },
  { name: 'Phước Yên', kind: 'hamlet', kindWords: ['thon'], needsCue: false },
])
const read = (text: string): Entities => extract(normalise(text), GAZETTEER)

describe('incident codes', () => {
  const random = (seed: number) => (length: number) =>
    Uint8Array.from({ length }, (_, i) => (seed * 31 + i * 57) % 232)

  it('are found however they are typed', () => {
    for (let seed = 1; seed < 300; seed++) {
      const code = newPublicCode(random(seed))
      const [, a = '', b = ''] = code.split('-')
      const typings = [
        code,
        code.toLowerCase(),
        `hue ${a} ${b}`,
        `mã ${code} xong chưa?`,
        `hue${a}${b}`,
        `HUE–${a}–${b}`,
        `Hue_${a}.${b}`,
        `huế ${a.toLowerCase()}-${b.toLowerCase()} tới mô rồi`,
        `\u041DUE-${a}-${b}`,
      ]
      for (const typed of typings) expect(read(typed).incidentCodes, typed).toEqual([code])
    }
  })

  it('a sign that no code has is read as what it looks like, when the check sign agrees', () => {
    let mended = 0
    for (let seed = 1; seed < 300; seed++) {
      const code = newPublicCode(random(seed))
      if (!/[DQ]/.test(code.slice(4)) || !/\d/.test(code.replace(/[DQ]/, ''))) continue
      const typed = `HUE${code.slice(3).replace(/[DQ]/, '0')}`
      const found = read(typed).incidentCodes
      if (found === undefined) continue
      expect(found).toEqual([code])
      mended += 1
    }
    expect(mended).toBeGreaterThan(20)
  })

  it.each([
    'ngap o phuoc yen toi goi roi',
    'Huế mất điện cả buổi sáng',
    'hue thanh pho cua toi',
    'HUE-1111-1111',
    'duong ngap sau',
    '0905123456',
  ])('%s holds none', (text) => {
    expect(read(text).incidentCodes).toBeUndefined()
  })
})

describe('dossier codes', () => {
  it.each([
    ['000.00.09.H57-230215-0012', '000.00.09.H57-230215-0012'],
    ['hs 000.00.09.h57 - 230215 - 0012 xong chua', '000.00.09.H57-230215-0012'],
    ['0000009H57 230215 0012', '000.00.09.H57-230215-0012'],
    ['OOO.OO.O9.H57–230215–OO12', '000.00.09.H57-230215-0012'],
    ['000 00 09 h57 230215 0012', '000.00.09.H57-230215-0012'],
    ['H57.12-251103-0042', 'H57.12-251103-0042'],
    ['h57.12.03 – 251103 – 0042', 'H57.12.03-251103-0042'],
    ['mã H5712-251103-0042 tới đâu rồi', 'H57.12-251103-0042'],
    ['h57.122511030042', 'H57.12-251103-0042'],
    ['H57 251103 0042', 'H57-251103-0042'],
    ['H57.12-25l1O3-0042', 'H57.12-251103-0042'],
  ])('%s', (typed, code) => {
    expect(read(typed).dossierCodes).toEqual([code])
  })

  it.each(['H57.12-251340-0042', '000.00.09.H57-230230-0012', 'H57', 'nhà số 57 ngày 23'])(
    '%s is none: no such day, or too little',
    (typed) => expect(read(typed).dossierCodes).toBeUndefined(),
  )
})

describe('phones', () => {
  it.each([
    ['gọi 0905123456', '0905123456'],
    ['0905.123.456', '0905123456'],
    ['+84 905 123 456', '0905123456'],
    ['84905123456', '0905123456'],
    ['(+84)905-123-456', '0905123456'],
    ['o9o5 123 456', '0905123456'],
    ['0234 3822 155', '02343822155'],
    ['1900 1075', '19001075'],
  ])('%s', (typed, phone) => expect(read(typed).phones).toEqual([phone]))

  it('are no part of a code', () => {
    expect(read('000.00.09.H57-230215-0012').phones).toBeUndefined()
  })
})

describe('depth of water', () => {
  it.each([
    ['ngap o phuoc yen toi goi roi', 50],
    ['nước ngang bụng', 100],
    ['nuoc toi mai nha', 300],
    ['nước sâu 40 phân', 40],
    ['ngap nua met', 50],
    ['nước tới nửa bánh xe', 30],
    ['ngập 30-40cm', 35],
    ['ngập ba bốn chục phân', 35],
    ['nước lên 1m2', 120],
    ['nước lên 1m25', 125],
    ['nuoc 1 met ruoi', 150],
    ['nước lên hai tấc', 20],
    ['nước sâu bốn tấc', 40],
    ['nước lút đầu', 165],
    ['nước tới ngực rồi', 120],
    ['water is knee deep', 50],
    ['the water is up to my waist', 100],
    ['nuoc nua banh xe may', 30],
    ['nước trên đầu gối một chút', 60],
    ['nước cao khoảng 60 phân', 60],
    ['nước tới lưng quần', 85],
    ['nác tới trôốc cúi', 50],
    ['nước tới mặt bàn', 80],
    ['nước ngập nửa nhà', 150],
    ['two feet of water in the lane', 61],
  ])('%s is about %i cm', (text, cm) => {
    const { depth } = read(text)
    expect(depth?.depthCm).toBe(cm)
    expect(depth?.minCm).toBeLessThan(cm)
    expect(depth?.maxCm).toBeGreaterThan(cm)
  })

  it.each([
    'toi goi hoai khong ai nghe nuoc ngap',
    'nhà tôi có 3 người nước ngập',
    'đường rộng 3m bị ngập',
    'tôi gọi điện lên xã',
    'cây cao 5m đổ',
    'nước sạch mất từ sáng',
  ])('%s says none', (text) => expect(read(text).depth).toBeUndefined())
})

describe('times', () => {
  it.each([
    ['ngập từ tối qua', { dayOffset: -1, isSince: true }],
    ['lúc 15h30', { hour: 15, minute: 30 }],
    ['7 giờ tối', { hour: 19, minute: 0 }],
    ['hồi sáng', { dayOffset: 0, part: 'morning' }],
    ['mất điện 3 bữa ni', { minutesAgo: 3 * 1440, isSince: true }],
    ['cách đây 2 tiếng trước', { minutesAgo: 120 }],
    ['ngày 20/11/2026', { date: { day: 20, month: 11, year: 2026 } }],
    ['since 9pm', { hour: 21, minute: 0 }],
    ['bây chừ đang ngập', { isNow: true }],
    ['cách đây 30 phút', { minutesAgo: 30 }],
    ['từ hôm 20/11', { date: { day: 20, month: 11 } }],
    ['rạng sáng nay', { dayOffset: 0, part: 'morning' }],
  ])('%s', (text, time) => expect(read(text).times?.[0]).toMatchObject(time))
})

describe('places', () => {
  it.each([
    ['kiệt 15/15 Đống Đa', { alley: '15/15', street: 'Đống Đa' }],
    ['kiet 93 an duong vuong', { alley: '93', street: 'An Dương Vương' }],
    [
      'số nhà 7 kiệt 42 Nguyễn Công Trứ',
      { houseNumber: '7', alley: '42', street: 'Nguyễn Công Trứ' },
    ],
    ['52 Thân Trọng Một, phường Tây Lộc', { houseNumber: '52', street: 'Thân Trọng Một' }],
    ['đường Phò Nam Lộc hư', { street: 'Phò Nam Lộc' }],
    ['trong kiệt 12 nước ngập', { alley: '12' }],
    ['ngập đoạn QL1A', { street: 'Quốc lộ 1A' }],
    ['Tỉnh lộ 11B qua chợ Sịa', { street: 'Tỉnh lộ 11B' }],
  ])('%s', (text, address) => expect(read(text).addresses?.[0]).toMatchObject(address))

  it('names bridges, markets, rivers with their station, units old and new, hamlets', () => {
    expect(read('sạt lở gần cầu An Lỗ')).toMatchObject({ bridges: ['An Lỗ'] })
    expect(read('rac o cho sia')).toMatchObject({ markets: ['Sịa'] })
    expect(read('nước sông Bồ mấy mét')).toMatchObject({ rivers: ['Bồ'], stations: ['Phú Ốc'] })
    expect(read('song huong len chua')).toMatchObject({ stations: ['Kim Long'] })
    expect(read('mực nước Phú Ốc')).toMatchObject({ stations: ['Phú Ốc'] })
    expect(read('đường phường Kim Long').stations).toBeUndefined()
    expect(read('thon phuoc yen, xa quang tho cu')).toMatchObject({
      hamlets: ['Phước Yên'],
      units: [{ name: 'Quảng Thọ', code: '19867', isFormer: true }],
    })
    expect(read('món ăn phong phú').units).toBeUndefined()
    expect(read('ở phong phú ngập').units).toHaveLength(1)
  })
})

describe('hamlets', () => {
  it.each([
    ['ngap o phuoc yen toi goi roi', ['Phước Yên']],
    ['xóm 3 thôn Niêm Phò', ['Niêm Phò', 'xóm 3']],
    ['to dan pho 8 mat dien', ['tổ dân phố 8']],
    ['tổ 5 phường Vỹ Dạ', ['tổ 5']],
    ['đường vào thôn Tân Mỹ hư', ['Tân Mỹ']],
    ['cầu Tứ Phú hư', undefined],
    ['xóm tui có 3 nhà', undefined],
    ['tới 5 người', undefined],
  ])('%s', (text, hamlets) =>
    expect(extract(normalise(text), NO_GAZETTEER).hamlets).toEqual(hamlets),
  )

  it('marks tell names apart that fold alike', () => {
    const both = gazetteerOf([
      { name: 'Thuận Hóa', kind: 'unit', code: '1', kindWords: ['phuong'], needsCue: false },
      { name: 'Thuận Hòa', kind: 'former_unit', code: '2', kindWords: ['phuong'], needsCue: false },
    ])
    const units = (text: string) => extract(normalise(text), both).units?.map(({ name }) => name)
    expect(units('phường Thuận Hoá')).toEqual(['Thuận Hóa'])
    expect(units('phường Thuận Hòa')).toEqual(['Thuận Hòa'])
    expect(units('phuong thuan hoa')).toHaveLength(2)
  })
})

describe('people', () => {
  it.each([
    ['cả nhà 5 người, có mẹ già 80 tuổi và bé 3 tuổi', 5, ['elderly', 'child']],
    ['hai đứa nhỏ kẹt trong nhà', 2, ['child']],
    ['2 mẹ con, vợ bầu 8 tháng', 2, ['pregnant']],
    ['3 nguoi lon voi 2 chau', 5, undefined],
    ['5 khẩu, 2 cụ già', 5, ['elderly']],
    ['có 2 bà bầu và 1 em bé sơ sinh', 3, ['child', 'pregnant']],
    ['ở một mình, ngồi xe lăn', 1, ['disabled']],
    ['4 people and my grandmother is sick', 4, ['elderly', 'sick']],
  ])('%s', (text, count, vulnerable) => {
    const read1 = read(text)
    expect(read1.people?.count).toBe(count)
    if (vulnerable !== undefined) expect(read1.vulnerable).toEqual(vulnerable)
  })
})

describe('any text', () => {
  it('is read without throwing, and bad units never come out', () => {
    const signs = fc.string({ unit: 'binary', maxLength: 2000 })
    const words = fc.array(
      fc.constantFrom(
        'hue-',
        'H57.',
        '0905',
        '12/3',
        'nước',
        'tới gối',
        '1m',
        'kiệt',
        'sâu',
        '\u0301',
        '😀',
        '–',
        ' ',
      ),
      { maxLength: 200 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          signs,
          words.map((w) => w.join('')),
        ),
        (text) => {
          const found = extract(normalise(text), NO_GAZETTEER)
          return (found.depth?.depthCm ?? 1) > 0 && (found.people?.count ?? 1) > 0
        },
      ),
      { seed: 20261127, numRuns: 1500 },
    )
  })
})
