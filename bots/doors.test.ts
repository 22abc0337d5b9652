import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomSigns } from '../api/core/ids.ts'
import { stopIn, typedCode, wishOf } from './doors.ts'

const said = (text: string) => stopIn({ kind: 'text', text })

describe('a stop', () => {
  it.each(['hủy đăng ký', 'huy dang ky', 'Dừng nhận tin.', '/stop', 'UNSUBSCRIBE'])(
    '%s names the messages',
    (text) => expect(said(text)).toBe('named'),
  )
  it.each(['stop', 'STOP', 'dừng', 'dung', 'Ngừng'])('%s is a word', (text) =>
    expect(said(text)).toBe('word'),
  )
  it.each(['đúng', 'đừng', 'dừng xe ở đây', 'hủy', 'thôi'])('%s is none', (text) =>
    expect(said(text)).toBeUndefined(),
  )
})

describe('a link code', () => {
  it('is read however it is typed', () => {
    for (const text of ['K7M2-QX9A', 'k7m2-qx9a', 'K7M2QX9A', 'K7M2 QX9A', 'mã K7M2-QX9A'])
      expect([text, typedCode(text)]).toEqual([text, 'K7M2QX9A'])
  })

  it('each that is made is read with its dash, by any case', () => {
    const bytes = fc.uint8Array({ minLength: 64, maxLength: 64, max: 247 })
    fc.assert(
      fc.property(bytes, fc.boolean(), (seed, isLower) => {
        const signs = randomSigns(8, (n) => seed.slice(0, n))
        const shown = `${signs.slice(0, 4)}-${signs.slice(4)}`
        expect(typedCode(isLower ? shown.toLowerCase() : shown)).toBe(signs)
      }),
    )
  })

  it.each([
    'nhac nha',
    'rac nhat',
    'report',
    'HUE-7K3M-9QX4',
    'đèn hư 2',
    '0905123456',
    'language',
  ])('%s is none', (text) => expect(typedCode(text)).toBeUndefined())
})

it('a wish about later messages is told from a report', () => {
  const wishes = [
    ['bao cho toi khi co lut o phuoc yen', 'subscribe'],
    ['Báo cho tui biết khi có bão', 'subscribe'],
    ['tell me when it floods', 'subscribe'],
    ['tôi không muốn nhận tin nữa', 'unsubscribe'],
    ['báo cho tôi khi sông Bồ lên báo động 2', 'subscribe'],
    ['không khí xấu thì báo tui', 'subscribe'],
    ['nhắn tui khi có lụt ở Phong Điền', 'subscribe'],
    ['nước lên báo động 3 thì nhắn', 'subscribe'],
    ['dừng báo sông bồ', 'unsubscribe'],
    ['thôi báo không khí', 'unsubscribe'],
    ['tôi đang đăng ký gì', 'subscriptions'],
    ['đang nhận những tin gì', 'subscriptions'],
    ['hồ sơ tôi đang đăng ký kết hôn', undefined],
    ['hồ sơ nộp rồi, xã đã nhận gì chưa', undefined],
    ['ngập ở Phước Yên tới gối rồi', undefined],
    ['tôi báo đèn đường hư', undefined],
  ] as const
  for (const [text, wish] of wishes) expect([text, wishOf(text)]).toEqual([text, wish])
})
