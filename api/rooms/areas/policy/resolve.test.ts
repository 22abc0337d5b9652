import { describe, expect, it } from 'vitest'
import { type AreaIndex, buildAreaIndex, type HamletName } from './names.ts'
import { type NameAnswer, resolveAreaName, resolveText } from './resolve.ts'

const hamlet = (
  id: string,
  unitCode: string,
  name: string,
  kind: HamletName['kind'] = 'thon',
): HamletName => ({ id, unitCode, name, kind, lng: null, lat: null })

const index: AreaIndex = buildAreaIndex([
  hamlet('yen', '19867', 'Phước Yên'),
  hamlet('do', '19867', 'Hà Đồ'),
  hamlet('luong', '19867', 'Phú Lương'),
  hamlet('t5a', '19867', '5', 'to_dan_pho'),
  hamlet('t5b', '19885', '5', 'to_dan_pho'),
])

/** "one 19867 former Quảng Thọ": outcome, then each candidate's place, status and matched name. */
const brief = ({ outcome, candidates }: NameAnswer) =>
  [outcome, ...candidates.map((c) => `${c.hamlet?.id ?? c.unitCode} ${c.status} ${c.name}`)].join(
    ' | ',
  )
const codes = (answer: NameAnswer) => answer.candidates.map((c) => c.hamlet?.id ?? c.unitCode)

describe('one place', () => {
  it.each([
    ['Xã Quảng Điền', '19867', 'current'],
    ['Quảng Thọ', '19867', 'former'],
    ['quang tho', '19867', 'former'],
    ['QUẢNG THỌ', '19867', 'former'],
    ['quãng thọ', '19867', 'former'], // hỏi and ngã are swapped in Huế
    ['Quảng Tho', '19867', 'former'],
    ['quangtho', '19867', 'former'],
    ['xã Quảng Thọ cũ', '19867', 'former'],
    ['xã Quảng Thọ (nay là xã Quảng Điền), thành phố Huế', '19867', 'former'],
    ['TT.Sịa', '19867', 'former'],
    ['thi tran sia', '19867', 'former'],
    ['p.Phú Hội', '19789', 'former'],
    ['p phu hoi', '19789', 'former'],
    ['x. Phú Hồ', '19918', 'current'],
    ['Phường Đúc', '19789', 'former'],
    ['Thuận Hòa', '19753', 'former'],
    ['Thuận Hoà', '19753', 'former'],
    ['phường Thuận Hoá', '19789', 'current'],
    ['phường Phú Xuân', '19753', 'current'],
    ['xã Phú Xuân', '19918', 'former'],
    ['xã Phú Lộc', '20107', 'current'],
    ['TT Phú Lộc', '20107', 'former'],
    ['phường Hương Phong', '20014', 'former'],
    ['Phú Vinh cũ', '20071', 'former'],
    ['Phú Vinh, A Lưới', '20071', 'former'],
    ['Phú Vinh, huyện Phú Vang', '19945', 'current'],
    ['xã Hương Phong huyện A Lưới', '20101', 'former'],
    ['Hương Phong, Hương Trà', '20014', 'former'],
    ['Hương Xuân, Nam Đông', '20179', 'former'],
    ['Vĩ Dạ', '19777', 'current'],
    ['vi da', '19777', 'current'],
    ['Mĩ Thượng', '19930', 'current'],
    ['a luoi 2', '20044', 'current'],
    ['Chân Mây - Lăng Cô', '20137', 'current'],
    ['chân mây', '20137', 'current'],
    ['Lăng Cô', '20137', 'former'],
    ['xã Dương Nỗ', '19909', 'current'], // a commune until 2024: a kind that no longer fits misleads nobody
    ['Hương Hồ', '19774', 'former'],
    ['19867', '19867', 'current'],
  ])('%s is %s (%s)', (query, unitCode, status) => {
    const answer = resolveAreaName(query, index)
    expect(answer.candidates.map((c) => [c.unitCode, c.status])).toEqual([[unitCode, status]])
    expect(answer).toMatchObject({ outcome: 'one', isCertain: true })
  })

  it('a hamlet, alone and under its old or new commune', () => {
    for (const query of [
      'Phước Yên',
      'thon phuoc yen',
      'thôn Phước Yên, xã Quảng Thọ',
      'Phước Yên, Quảng Điền',
    ])
      expect(brief(resolveAreaName(query, index))).toBe('one | yen hamlet Phước Yên')
    expect(codes(resolveAreaName('TDP 5, thị trấn Sịa', index))).toEqual(['t5a'])
  })

  it('marks that contradict are a guess, never certain', () => {
    expect(resolveAreaName('Quảng Thớ', index)).toMatchObject({ outcome: 'one', isCertain: false })
  })
})

describe('never a silent guess', () => {
  it.each([
    ['Phú Vinh', ['19945', '20071']],
    ['xã Phú Vinh', ['19945', '20071']],
    ['phu vinh', ['19945', '20071']],
    ['Hương Phong', ['20014', '20101']],
    ['xã Hương Phong', ['20014', '20101']], // the ward was a commune until 2024
    ['Hương Xuân', ['20017', '20179']],
    ['Phú Xuân', ['19753', '19918', '19774', '19804', '20014']],
    ['Phú Lộc', ['20107', '20122', '20131', '20137', '20140']],
    ['Quảng Điền', ['19867', '19873', '19885', '20014']],
    ['Phú Lương', ['19918', 'luong']],
    ['tổ 5', ['t5a', 't5b']],
  ])('%s gives all that it may mean', (query, expected) => {
    const answer = resolveAreaName(query, index)
    expect(answer.outcome).toBe('many')
    expect(codes(answer)).toEqual(expected)
  })

  it('without marks Thuận Hòa and Thuận Hóa are both offered', () => {
    const answer = resolveAreaName('thuan hoa', index)
    expect(codes(answer).slice(0, 2)).toEqual(['19789', '19753'])
  })

  it('a former district is its units, and none of them is it', () => {
    const answer = resolveAreaName('huyện Quảng Điền', index)
    expect(codes(answer)).toEqual(['19867', '19873', '19885', '20014'])
    expect(new Set(answer.candidates.map((c) => c.status))).toEqual(new Set(['district']))
    const huyen = resolveAreaName('huyện Hương Trà', index)
    expect(new Set(huyen.candidates.map((c) => c.kind))).toEqual(new Set(['thi_xa']))
  })

  it('namesakes differ in kind, district or unit', () => {
    for (const query of ['Phú Vinh', 'Hương Phong', 'Hương Xuân', 'Phú Xuân', 'thuan hoa']) {
      const told = resolveAreaName(query, index).candidates.map(
        (c) => `${c.kind} ${c.name} ${c.districts[0]} ${c.unitCode}`,
      )
      expect(new Set(told).size).toBe(told.length)
    }
  })

  it('an unknown hamlet does not become the commune of that name', () => {
    expect(resolveAreaName('thôn Quảng Thọ', index).outcome).toBe('none')
  })
})

describe('no place', () => {
  it.each(['', '   ', 'Huế', 'Đà Nẵng', '5', '99999', 'đường Quảng Thọ nối dài', '🙂', '\ud800'])(
    '%j',
    (query) => {
      expect(resolveAreaName(query, index)).toEqual({
        outcome: 'none',
        isCertain: false,
        candidates: [],
      })
    },
  )
})

describe('inside a longer text', () => {
  it.each([
    ['ngap o quang tho', ['19867']],
    ['Ngập 40 cm đường Phước Yên', ['yen']],
    ['nước lên ở thôn Phước Yên xã Quảng Thọ rồi', ['yen']],
    ['rác ở thôn Phước Yên và thôn Hà Đồ', ['yen', 'do']],
    ['NGẬP Ở QUẢNG THỌ', ['19867']],
    ['kiệt 12/3 phường Phú Nhuận', ['19789']],
    ['ngập ở phong phú', ['19828']],
    ['đèn hư ở Phong Phú', ['19828']],
    ['từ Phú Bài về Lăng Cô', ['19960', '20137']],
    ['Phú Vinh mới bị ngập', ['19945', '20071']],
  ])('%s', (text, expected) => {
    expect(codes(resolveText(text, index))).toEqual(expected)
  })

  it.each([
    'nuoc vo nha roi',
    'phòng ăn bẩn quá',
    'bữa ăn phong phú',
    'trận đại hồng thủy',
    'phòng thủ dân sự',
    'mưa to 5 ngày',
    'mua to 5 ngay',
    'truong an toan',
    'nam dong tien le',
    'thôn Phong Phú', // a hamlet that is not in the list
  ])('everyday words are no place: %s', (text) => {
    expect(resolveText(text, index).outcome).toBe('none')
  })

  it('"xa" with marks around it is far, not a commune', () => {
    expect(codes(resolveText('nhà ở xa Phú Xuân', index))).toContain('19753')
  })
})
