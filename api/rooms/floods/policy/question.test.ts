import { describe, expect, it } from 'vitest'
import { asksForPoints, named } from './question.ts'

describe('questions about roads under water', () => {
  it.each([
    'đường nào ngập',
    'duong nao ngap',
    'đường nào đang bị ngập vậy em',
    'chừ đường mô đi được',
    'mô ngập rứa',
    'chừ mô ngập rứa',
    'ngập chỗ mô rồi',
    'ngập ở đâu',
    'chỗ nào ngập',
    'hùng vương ngập không',
    'hung vuong ngap ko',
    'duong hung vuong co ngap khong',
    'hùng vương ngập chưa hè',
    'ở phước yên nước ngập mấy rồi',
    'ngã tư hùng vương ngập sâu không ạ?',
    'đường Tố Hữu đi được không',
    'cau tuan co di duoc ko',
    'bữa ni đường nớ lụt chưa',
    'các điểm ngập',
    'which roads are flooded',
    'is hung vuong flooded',
  ])('%s', (words) => expect(asksForPoints(words)).toBe(true))

  it.each([
    'đường phước yên ngập rồi',
    'đường ngập không đi được',
    'đường trước nhà ngập hoài không ai xử lý',
    'răng đường hùng vương ngập hoài rứa',
    'có lụt không',
    'co ngap khong',
    'nước ngập không thoát được, nhờ xã xem giúp',
    'nước sông Bồ giờ mấy mét',
    'nhà tui ngập rồi cứu với',
    'đường này đi được không là nhờ xã sửa đó',
    'báo cho tôi khi đường ngập',
    'nuoc vo nha roi',
    '',
  ])('not: %s', (words) => expect(asksForPoints(words)).toBe(false))
})

describe('which point is meant', () => {
  const points = [
    { name: 'Ngã tư Hùng Vương – Bà Triệu', otherNames: ['chợ Sịa'] },
    { name: 'Đường Phước Yên (trước trường)', otherNames: [] },
    { name: 'Đập Đá', otherNames: [] },
  ]
  it.each([
    ['hung vuong ngap ko', 0],
    ['đường Bà Triệu ngập không', 0],
    ['chỗ chợ sịa ngập chưa', 0],
    ['phước yên nước ngập mấy rồi', 1],
    ['đập đá đi được chưa', 2],
  ])('%s', (words, index) => expect(named(points, words)).toEqual([points[index]]))

  it('a name inside another word, and no name, mean none', () => {
    expect(named(points, 'đường hùng vươngg ngập không')).toEqual([])
    expect(named(points, 'đường nào ngập')).toEqual([])
  })
})
