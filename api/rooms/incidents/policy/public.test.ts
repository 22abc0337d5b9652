import { describe, expect, it } from 'vitest'
import { soundsDangerous } from './danger.ts'
import { isLate, publicText } from './public.ts'

describe('danger to life', () => {
  it.each([
    'nuoc vo nha roi',
    'Nước đã vào nhà, có mệ già',
    'nhà bị cháy',
    'co nguoi bi mac ket tren noc',
    'dây điện đứt rơi xuống đường',
    'sạt lở sát nhà',
    'a child is trapped',
  ])('is heard in "%s"', (words) => {
    expect(soundsDangerous(words)).toBe(true)
  })
  it.each([
    'đèn đường hư ba đêm',
    'xe đang chạy qua ổ gà',
    'rác đổ trước nhà',
    'nước máy yếu',
    'loa kéo quá 22 giờ',
    'heo chết trôi hói',
  ])('is not heard in "%s"', (words) => {
    expect(soundsDangerous(words)).toBe(false)
  })
})

describe('words for the public', () => {
  it.each([
    ['Tôi là Trần Thị Mận ở thôn Phước Yên', 'Tôi là ••• ở thôn Phước Yên'],
    ['họ tên: Lê An, đèn hư', 'họ tên: •••, đèn hư'],
    ['gọi 0912345678 nhé', 'gọi ••• nhé'],
    ['tôi là người dân ở đây', 'tôi là người dân ở đây'],
    ['Đường Lê Lợi ngập 40 cm lúc 15h30 ngày 23/11/2026', null],
  ])('%s', (words, shown) => {
    expect(publicText(words)).toBe(shown ?? words)
  })
})

describe('late', () => {
  const open = { state: 'assigned', dueDate: '2026-12-01', answeredOn: null } as const
  it('begins the day after', () => {
    expect([isLate(open, '2026-12-01'), isLate(open, '2026-12-02')]).toEqual([false, true])
  })
  it('stays with an answer that came after the day, however it ended', () => {
    const closed = { ...open, state: 'closed' } as const
    expect(isLate({ ...closed, answeredOn: '2026-12-02' }, '2027-01-01')).toBe(true)
    expect(isLate({ ...closed, answeredOn: '2026-12-01' }, '2027-01-01')).toBe(false)
  })
  it('is nothing that a refused or undated case can be', () => {
    expect(isLate({ ...open, state: 'refused' }, '2027-01-01')).toBe(false)
    expect(isLate({ ...open, dueDate: null }, '2027-01-01')).toBe(false)
  })
})
