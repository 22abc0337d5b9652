import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicText } from '../public.ts'

/** What somebody wrote, and the part that must not be read by anybody else. All names and numbers are invented. */
const HIDDEN: [string, string][] = [
  ['Tôi là Trần Thị Mận ở thôn Phước Yên', 'Mận'],
  ['toi la tran thi man o phuoc yen', 'man o'],
  ['họ tên: Lê An, đèn hư', 'Lê An'],
  ['Nhà ông Nguyễn Văn Tám đổ rác', 'Tám'],
  ['nha ong nguyen van tam do rac', 'tam do'],
  ['bà Bảy bán nước mía lấn vỉa hè', 'Bảy'],
  ['ong Bay nuoi heo', 'Bay'],
  ['gần nhà anh Tuấn có ổ gà', 'Tuấn'],
  ['chị Lan Anh bị té', 'Lan Anh'],
  ['cô Hoa xả nước thải', 'Hoa'],
  ['o Bé bán chè lấn đường', 'Bé'],
  ['mệ Gái té ở chợ', 'Gái'],
  ['Nguyễn Thị Hoa phơi lúa giữa đường', 'Hoa'],
  ['le van ba do dat xuong hoi', 'ba do'],
  ['chủ quán Trần Đình Khôi mở loa', 'Khôi'],
  ['NHÀ ÔNG NGUYỄN VĂN TÁM ĐỔ RÁC RA ĐƯỜNG', 'TÁM'],
  ['trưởng thôn Lê Hoài An không xử lý', 'Hoài An'],
  ['Đèn tắt đã lâu. Trân trọng, Lê Hoài An', 'Hoài An'],
  ['My name is John Smith, the light is broken', 'Smith'],
  ['Mr Tuan at the shop burns waste', 'Tuan'],
  ['nhà Nguyễn Hữu Phước xây lấn', 'Phước'],
  ['nhà ông út nuôi chó dữ', 'út nuôi'],
  ['gọi 0912345678 nhé', '345'],
  ['gọi 0912 345 678', '345'],
  ['0912.345.678', '345'],
  ['+84 912-345-678', '345'],
  ['(0912) 345 678', '345'],
  ['o912345678 goi gap', '345'],
  ['so 0 9 1 2 3 4 5 6 7 8', '3 4 5'],
  ['0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', '5️⃣'],
  ['０９１２３４５６７８', '３４'],
  ['không chín một hai ba bốn năm sáu bảy tám', 'bốn'],
  ['khong chin mot hai ba bon nam sau bay tam', 'bon'],
  ['0234 3822 123', '3822'],
  ['84912345678', '345'],
  ['CCCD 046090001234', '046090'],
  ['cccd: 046 090 001 234', '090'],
  ['CMND số 191234567', '191234567'],
  ['STK 0041000123456 Vietcombank', '0041'],
  ['tài khoản: 1234 5678 90', '5678'],
  ['mã khách hàng PC05123456', '123456'],
  ['xe 75F1-123.45 chạy ẩu', '123'],
  ['xe 75A 12345 đỗ chắn lối', '12345'],
  ['biển số 75H1 2345', '2345'],
  ['mail an.le@example.com', 'an.le'],
  ['an.le (at) example.com', 'an.le'],
  ['zalo.me/0912345678', '0912'],
  ['https://www.facebook.com/an.le.77', 'an.le'],
  ['toạ độ 16.569741, 107.532512', '569741'],
  ['https://maps.app.goo.gl/AbCdEf', 'AbCdEf'],
  // Written down after the rules were.
  ['Anh Hùng sửa xe xả nhớt xuống cống', 'Hùng'],
  ['Bác Ba nuôi gà thả rông', 'Ba nuôi'],
  ['hộ Trần Văn Lợi cơi nới ra hói', 'Lợi'],
  ['vợ chồng anh Phúc cãi nhau to tiếng mỗi đêm', 'Phúc'],
  ['thầy Minh dạy thêm tại nhà', 'Minh'],
  ['em tên là Hồ Thị Kim Liên', 'Liên'],
  ['liên hệ chị Thuỷ 0905.111.222', 'Thuỷ'],
  ['liên hệ chị Thuỷ 0905.111.222', '111'],
  ['sdt 0905 11 12 13', '11 12'],
  ['dt: 090-511-1213 gap Hoang', '511'],
  ['O Lài bán bún làm mất vệ sinh', 'Lài'],
  ['chú Năm say rượu quậy phá', 'Năm'],
  ['Tui là Phan Đình Khôi, báo đường ngập', 'Khôi'],
  ['con ông Đặng Văn Sửu chạy xe nẹt pô', 'Sửu'],
  ['Người phản ánh: Võ Thị Sáu', 'Sáu'],
  ['số điện thoại của tôi là 84 905 111 222', '111'],
  ['gửi về momo 0905111222', '0905'],
  ['xe tải BKS 75C-067.89 chở đất rơi vãi', '067'],
  ['ba Nguyen Thi Ly o xom tren', 'Ly o'],
  ['nhà bà Huệ đốt rơm', 'Huệ'],
]

/** What the public needs to understand a report: it stays as it was written. */
const SHOWN = [
  'tôi là người dân ở đây',
  'Đường Lê Lợi ngập 40 cm lúc 15h30 ngày 23/11/2026',
  'kiệt 93 An Dương Vương',
  'đường Nguyễn Văn Trỗi ngập',
  'kiệt 5 Bà Triệu',
  'ngập ở Bà Triệu',
  'đường Ông Ích Khiêm hư đèn',
  'cầu Nguyễn Văn Trỗi',
  'trường Nguyễn Thị Minh Khai',
  'gọi 19001075',
  'gọi 1022 hoặc 114',
  'từ 05.12.2026 15h đến 07-12-2026 16:30',
  'tốn 1.250.000 đồng',
  '1000000000 đồng',
  'Tỉnh lộ 11B và QL1A',
  'bà con thôn Phò Nam',
  'nhà văn hoá thôn',
  'nhà máy nước',
  'ông bà nhắn',
  'Ổ gà sâu trước chợ, xe máy té',
  'hu hong ba nam nay',
  'duong Nguyen Hue ngap',
  'co nuoc o Le Loi',
  'cô giáo trường mầm non',
  'chú ý xe cộ',
  'anh em dân phòng',
  'ngap o phuoc yen toi goi',
  'Sạt bờ sông Bồ sát vườn',
  'nhà dân bị ngập',
  'thửa đất số 120',
  'cống Hà Đồ kẹt rác',
  'HUE-7K3M-9QX4',
  'hồ sơ 000.00.19.H57-230215-0012',
  'công an xã Quảng Điền',
  'mực nước 3,54 m lúc 08:00',
  'cách đây 12 năm',
  'Lăng Tự Đức, Đại Nội',
  'chị em phụ nữ',
  'em học sinh lớp 5',
  'con heo chết trôi hói',
  'di tích nhà Nguyễn',
  // Written down after the rules were.
  'Đèn đường Mỹ Xá tắt 3 bóng từ cột 12 đến cột 15',
  'ngã tư Hùng Vương – Bà Triệu kẹt xe lúc 17h',
  'Trường tiểu học Trần Quốc Toản',
  'cống vỡ trước số 52 Thân Trọng Một, phường Tây Lộc',
  'Loa kéo quá 22 giờ, lần 3',
  'UBND xã đã nhận công văn số 1234/UBND-KT ngày 05/11/2026',
  'bãi rác Đông Xuyên bốc mùi',
  'sông Hương trên báo động 2',
  'trạm bơm Niêm Phò hư 2 máy, công suất 1200 m3/h',
  'nước máy yếu ở tổ dân phố 5, phường Thuận Hoá',
  'cây xanh ngã đè dây điện 22 kV',
  'điện kế cháy, gọi 19001909',
]

describe('what the public does not read', () => {
  it.each(HIDDEN)('%s', (words, secret) => {
    const shown = publicText(words)
    expect(shown).not.toContain(secret)
    expect(shown).toContain('•••')
  })

  it('hides a telephone number however it is cut into pieces, inside any sentence', () => {
    const digit = fc.constantFrom(...'0123456789')
    const gap = fc.constantFrom('', ' ', '.', '-', ' - ', '..', ' ')
    const telephone = fc
      .tuple(fc.constantFrom('0', '+84', '84', '0084'), fc.constantFrom(...'35789'), gap)
      .chain(([prefix, first, between]) =>
        fc.array(digit, { minLength: 8, maxLength: 8 }).map((rest) => ({
          shown: prefix + between + [first, ...rest].join(between),
          rest: rest.join(''),
        })),
      )
    const around = fc.constantFrom('', 'gọi ', 'ĐT: ', 'liên hệ (', 'sdt')
    fc.assert(
      fc.property(around, telephone, fc.constantFrom('', ' nhé', ')', '.'), (a, t, b) => {
        const shown = publicText(`${a} ${t.shown}${b}`).replace(/\D/g, '')
        expect(shown.length).toBeLessThan(6)
      }),
      { seed: 20261127, numRuns: 300 },
    )
  })

  it('takes no longer for hostile text', () => {
    const evil = ['0 ', '0.', 'không ', 'a@', '-', 'Aa ', 'ông Á ', '75F1-', 'nhà 1/']
    for (const bit of evil) {
      const started = performance.now()
      publicText(bit.repeat(4_000 / bit.length), { isPrivate: true })
      // Some milliseconds each; a pattern that backtracks would take minutes.
      expect(performance.now() - started).toBeLessThan(2_000)
    }
  })
})

describe('what the public still reads', () => {
  it.each(SHOWN)('%s', (words) => {
    expect(publicText(words)).toBe(words)
  })

  it('an office’s own telephone in its answer, but nobody’s mobile', () => {
    const shown = publicText('Liên hệ 0234.3822.123 hoặc 0912345678', { isOffice: true })
    expect(shown).toBe('Liên hệ 0234.3822.123 hoặc •••')
  })
})

describe('a private place', () => {
  it.each([
    ['nhà số 15 kiệt 93 An Dương Vương mở karaoke', '••• An Dương Vương mở karaoke'],
    ['số nhà 12/3 đường Bà Triệu', '••• đường Bà Triệu'],
    ['trong kiệt 12/3, gần chợ', 'trong •••, gần chợ'],
    ['ngập sâu 40 cm, 3 người kẹt, số 5 lần', 'ngập sâu 40 cm, 3 người kẹt, số 5 lần'],
  ])('%s', (words, shown) => {
    expect(publicText(words, { isPrivate: true })).toBe(shown)
  })
})
