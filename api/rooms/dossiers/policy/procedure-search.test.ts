import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STARTER_PROCEDURES } from '../data/starter-procedures.ts'
import { isClear, rankProcedures } from './procedure-search.ts'

const first = (query: string) => {
  const ranked = rankProcedures(query, STARTER_PROCEDURES)
  return isClear(ranked)
    ? ranked[0]?.procedure.nameVi
    : ranked.map(({ procedure }) => procedure.code)
}

describe('a question about papers', () => {
  it.each([
    ['khai sinh cần giấy chi', 'Thủ tục đăng ký khai sinh'],
    ['lam giay khai sinh cho con can chi rua', 'Thủ tục đăng ký khai sinh'],
    ['đẻ em bé rồi làm giấy mô', 'Thủ tục đăng ký khai sinh'],
    ['muốn cưới vợ cần giấy tờ chi', 'Thủ tục đăng ký kết hôn'],
    ['xin giấy độc thân', 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân'],
    ['nha co nguoi mat lam giay khai tu', 'Thủ tục đăng ký khai tử'],
    ['mở quán bún cần giấy gì', 'Đăng ký thành lập hộ kinh doanh'],
    ['xay nha xin phep o mo', 'Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ'],
    ['mệ được lãnh tiền người già không', 'Thực hiện trợ cấp hưu trí xã hội'],
    ['làm sổ đỏ mất bao nhiêu tiền', STARTER_PROCEDURES[7]?.nameVi],
    ['sao y bản chính', 'Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản'],
    ['mat can cuoc lam lai o mo', 'Cấp đổi, cấp lại thẻ căn cước'],
    ['sai ten trong khai sinh', STARTER_PROCEDURES[12]?.nameVi],
    ['sang tên sổ đỏ', STARTER_PROCEDURES[36]?.nameVi],
    ['bao sap nha co ho tro khong', STARTER_PROCEDURES[31]?.nameVi],
    ['xác nhận hộ nghèo', STARTER_PROCEDURES[29]?.nameVi],
    ['what do I need for a birth certificate', 'Thủ tục đăng ký khai sinh'],
  ])('%s', (query, name) => {
    expect(first(query)).toBe(name)
  })

  it('that names nothing finds nothing', () => {
    for (const query of ['', 'giấy tờ cần chi', 'alo', 'xin hộ chiếu'])
      expect(first(query)).toEqual([])
  })

  it('never throws and answers the same with and without marks', () => {
    const words = STARTER_PROCEDURES.flatMap(({ keywords }) => keywords)
    fc.assert(
      fc.property(fc.constantFrom(...words), (word) => {
        const bare = word
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .replace(/đ/g, 'd')
        expect(first(bare)).toEqual(first(word))
      }),
      { seed: 20261127 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        Array.isArray(rankProcedures(text, STARTER_PROCEDURES.slice(0, 10))),
      ),
      { seed: 20261127 },
    )
  })
})
