import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../core/text.ts'
import { INTENTS } from './classify/labels.ts'
import { CATEGORY_PHRASES } from './data/categories.ts'
import { CONCEPTS } from './data/concepts.ts'
import { INTENT_PHRASES, SOS_PHRASES, TRAPS, URGENT_PHRASES } from './data/intents.ts'
import { suggestCategories } from './suggest.ts'
import { understand } from './understand.ts'
import { withoutCodes, withoutPhones } from './without-codes.ts'

describe('what a message wants', () => {
  it.each([
    ['ngap o phuoc yen toi goi roi', 'report_incident', 'flood'],
    ['Ngập ở Phước Yên tới gối rồi', 'report_incident', 'flood'],
    ['nuoc vo nha roi', 'report_incident', 'flood'],
    ['Đèn đường Mỹ Xá tắt ba bữa ni', 'report_incident', 'lighting'],
    ['khiếu nại cái đèn hư', 'report_incident', 'lighting'],
    ['cống Hà Đồ kẹt rác', 'report_incident', 'drainage'],
    ['hàng xóm mở loa kéo quá 22 giờ', 'report_incident', 'noise'],
    ['heo chet troi hoi', 'report_incident', 'animals'],
    ['chào loa, đường hư quá', 'report_incident', 'road'],
    ['cứu với, nước cuốn trôi người', 'sos', undefined],
    ['nha chay roi', 'sos', undefined],
    ['tôi muốn tố cáo cán bộ', 'complaint', undefined],
    ['nước sông Bồ mấy mét', 'water_level', undefined],
    ['hồ sơ của tôi tới đâu rồi', 'check_dossier', undefined],
    ['xin chào', 'greeting', undefined],
    ['cảm ơn', 'thanks', undefined],
    ['English', 'language', undefined],
    ['cho xin số điện thoại cán bộ', 'contact', undefined],
    ['report a pothole', 'report_incident', 'road'],
    ['mã HUE-1111-1111 tới mô rồi', 'track_report', undefined],
    ['phản ánh của tui tới mô rồi', 'track_report', undefined],
    ['răng chừ chưa ai tới sửa đèn hè', 'report_incident', 'lighting'],
    ['đèn đường trước nhà tui tắt 3 bữa ni', 'report_incident', 'lighting'],
    ['báo hư đèn', 'report_incident', 'lighting'],
    ['rac chat dong sau cho', 'report_incident', 'waste'],
    ['loa keo ca dem khong ngu duoc', 'report_incident', 'noise'],
    ['cong bi nghet', 'report_incident', 'drainage'],
    ['ho ga mat nap', 'report_incident', 'drainage'],
    ['nuoc may duc', 'report_incident', 'water_supply'],
    ['ko có nc 2 ngày r', 'report_incident', 'water_supply'],
    ['mat dien tu sang', 'report_incident', 'electricity'],
    ['đm sửa cái đường đi, gọi hoài ko ai nghe', 'report_incident', 'road'],
    ['chó cắn con tui', 'report_incident', 'animals'],
    ['tui dang o trong nuoc cuu voi', 'sos', 'flood'],
    ['hai đứa nhỏ kẹt trong nhà, nước lên', 'sos', 'flood'],
    ['hồ sơ của tui tới mô rồi', 'check_dossier', undefined],
    ['khai sinh cần giấy chi', 'procedure', undefined],
    ['góp ý quy định hành chính', 'procedure', undefined],
    ['không khí bữa ni răng', 'air_quality', undefined],
    ['có người gọi nói là công an bắt chuyển tiền', 'scam_check', undefined],
    ['tố cáo cán bộ nhận tiền', 'complaint', undefined],
  ])('%s → %s %s', (text, intent, category) => {
    expect(understand(text)).toMatchObject({ intent, ...(category && { category }) })
  })

  it.each([
    'đây không phải diễn tập đâu, có người kẹt trong đám cháy',
    'không biết gọi ai nữa, chồng em ngất xỉu rồi, cứu với',
    'năm ngoái nước không vô mà đêm nay ngập tới nóc, cả nhà trên mái',
  ])('%s: a denied frame frames nothing', (text) => {
    expect(understand(text).intent).toBe('sos')
  })

  it.each([
    'năm 99 cả nhà ngồi trên nóc, giờ kể cho cháu nghe',
    'lỡ có người đuối nước thì gọi số mấy',
    'diễn tập cứu người trong đám cháy khi mô tổ chức',
    'lúc nãy bà nội kẹt trong nhà ngập, giờ đưa ra an toàn rồi, cảm ơn mấy anh',
  ])('%s is no call, whatever it tells of', (text) => {
    expect(understand(text).intent).not.toBe('sos')
  })

  it.each([
    'cơn lốc sale cuối năm',
    'tuần ni ngập trong deadline',
    'chạy deadline mệt quá',
    'nghe chuyện rắc rối',
    'rắc rối quá',
    'tui đi công tác',
    'đi đến đó làm chi',
    'báo cho cán bộ giúp',
    'ngập tràn hạnh phúc',
    'help me find the office',
  ])('%s is no incident', (text) => {
    const understood = understand(text)
    expect(understood.category).toBeUndefined()
    expect(['sos', 'report_incident']).not.toContain(understood.intent)
  })

  it('danger raises urgency without being a call for rescue', () => {
    expect(understand('nước vô nhà rồi')).toMatchObject({ urgent: true, intent: 'report_incident' })
    for (const text of ['nc vo nha r', 'nác vô tới sân', 'cột điện nghiêng sắp đổ'])
      expect(understand(text)).toMatchObject({ urgent: true, intent: 'report_incident' })
    expect(understand('đèn đường hư').urgent).toBe(false)
  })
})

describe('as it is typed in haste', () => {
  it.each([
    ['ngapquaroi', 'report_incident', 'flood'],
    ['nuocvonharoi', 'report_incident', 'flood'],
    ['denduongtatroi', 'report_incident', 'lighting'],
    ['matdientusang', 'report_incident', 'electricity'],
    ['cuuvoi', 'sos', undefined],
    ['cuutuivoinuoctoimairoi', 'sos', 'flood'],
    ['hosocuatoitoidauroi', 'check_dossier', undefined],
    ['mucnuocsongbo', 'water_level', undefined],
    ['ngạp ở phươc yên tơi gôi rôi', 'report_incident', 'flood'],
    ['ddènn dduwowngf hư ròi', 'report_incident', 'lighting'],
    ['cúpđiệnrồi', 'report_incident', 'electricity'],
    ['CỨUUUU VỚIIII', 'sos', undefined],
  ])('%s → %s %s', (text, intent, category) => {
    expect(understand(text)).toMatchObject({ intent, ...(category && { category }) })
  })

  /** Letters of other alphabets and shapes, as copied from elsewhere or meant to pass a filter. */
  const DRESS: readonly (readonly [string, (text: string) => string])[] = [
    ['Cyrillic', (text) => text.replace(/[aeopcyx]/g, (s) => 'аеорсух'['aeopcyx'.indexOf(s)] ?? s)],
    ['Greek', (text) => text.replace(/[ov]/g, (s) => (s === 'o' ? 'ο' : 'ν'))],
    [
      'fullwidth',
      (text) => text.replace(/[a-z]/g, (s) => String.fromCodePoint(s.charCodeAt(0) + 0xfee0)),
    ],
    [
      'bold',
      (text) => text.replace(/[a-z]/g, (s) => String.fromCodePoint(0x1d41a + s.charCodeAt(0) - 97)),
    ],
    ['zero-width', (text) => text.replace(/(\w)(\w)/g, '$1\u200b$2')],
  ]
  it.each(DRESS)('%s look-alikes are read as what they look like', (_name, dress) => {
    for (const text of ['cuu voi nuoc len toi co', 'den duong hu', 'nuoc vo nha roi', 'mat dien'])
      expect(understand(dress(text)).intent, text).toBe(understand(text).intent)
  })
})

describe('data', () => {
  it('every phrase is folded, so that it can match at all', () => {
    const all = [
      ...INTENT_PHRASES.flatMap(([, strong, weak = []]) => [...strong, ...weak]),
      ...CATEGORY_PHRASES.flatMap(([, phrases]) => phrases),
      ...SOS_PHRASES,
      ...URGENT_PHRASES,
      ...TRAPS,
      ...CONCEPTS.map(([phrase]) => phrase),
    ]
    expect(all.filter((phrase) => phrase !== fold(phrase) || /[^a-z0-9 ]/.test(phrase))).toEqual([])
  })
})

describe('any text', () => {
  it('is answered with a known intent and a confidence between 0 and 1, without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const { intent, confidence } = understand(text)
        return INTENTS.includes(intent) && confidence >= 0 && confidence <= 1
      }),
      { seed: 20261123, numRuns: 2000 },
    )
  })

  it('is read the same whatever form of Unicode it comes in', () => {
    for (const text of ['Đường ngập nước', 'Cứu với', 'Mất điện', 'Hủy bỏ'])
      for (const form of ['NFC', 'NFD', 'NFKC'] as const)
        expect(understand(text.normalize(form))).toEqual(understand(text))
    expect(understand('nước\u200B vô nhà').intent).toBe(understand('nước vô nhà').intent)
  })

  it('whole sentences with anything in between never throw', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'ngập',
        'cứu',
        'HUE-1111',
        '000.00.09.H57',
        '0905',
        'kiệt 15/',
        '\ud800',
        '\u0000',
      ),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('[', '((((', '\\', '.*+?^$', '🆘', '\u0323\u0323\u0323', 'ﷺ'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join(' ')
        const { likely, entities } = understand(text)
        expect(likely.length).toBeGreaterThan(0)
        expect(JSON.stringify(entities)).toBeTypeOf('string')
        expect(withoutCodes(text)).toBeTypeOf('string')
        expect(withoutPhones(text).text).toBeTypeOf('string')
        expect(suggestCategories(text).guesses.length).toBeLessThanOrEqual(3)
      }),
      { seed: 20261127, numRuns: 1000 },
    )
  })

  it('beyond 8,000 signs nothing is read, so that time grows no more', () => {
    const start = 'đường hư ở Phước Yên, '.repeat(400).slice(0, 8_000)
    expect(understand(`${start}${'cứu với '.repeat(10_000)}`)).toEqual(understand(start))
  })

  it('costs no more per sign when it is long: what is read of a message has a limit', () => {
    for (const long of [
      'cứu '.repeat(50_000),
      'a'.repeat(200_000),
      '1 '.repeat(100_000),
      '🙏'.repeat(50_000),
    ])
      expect(INTENTS).toContain(understand(long).intent)
  })
})
