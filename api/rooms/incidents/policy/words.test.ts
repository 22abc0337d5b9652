import fc from 'fast-check'
import { expect, it } from 'vitest'
import { searchWords, toTextQuery } from './words.ts'

const at = (description: string, isPrivatePlace = false) =>
  searchWords({ description, placeText: 'số nhà 12/7, thôn Hà Đồ', isPrivatePlace })

it('has no marks, and the place of a public one', () => {
  expect(at('Cống kẹt rác')).toMatch(/^cong ket rac .*thon ha do$/)
})

it('finds nobody: names, numbers and private places are no words of it', () => {
  const words = at('Nhà ông Nguyễn Văn Sửu, gọi 0912345678', true)
  expect(words).not.toMatch(/suu|0912|345|ha do|12\/7/)
})

it('asks for all words, each as a beginning', () => {
  expect(toTextQuery('  Đường  ngập ')).toBe('duong:* & ngap:*')
  expect(toTextQuery('…!?')).toBeUndefined()
})

it('is a well-formed query whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const query = toTextQuery(text)
      if (query !== undefined) expect(query).toMatch(/^[a-z0-9]+:\*(?: & [a-z0-9]+:\*){0,7}$/)
    }),
  )
})
