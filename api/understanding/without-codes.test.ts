import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutCodes } from './without-codes.ts'

it.each([
  ['hồ sơ 000.00.09.H57-230215-0012 xong chưa', 'hồ sơ ••• xong chưa'],
  ['gọi 0905 123 456 nghe', 'gọi ••• nghe'],
  ['mã HUE-1111-1111 tới mô', 'mã ••• tới mô'],
  ['Huế mất điện', 'Huế mất điện'],
  ['ngập 40 phân ở kiệt 12', 'ngập 40 phân ở kiệt 12'],
])('%s', (text, shown) => expect(withoutCodes(text)).toBe(shown))

it('never throws, and leaves no phone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const shown = withoutCodes(`${text} 0905123456`)
      return !shown.includes('0905123456')
    }),
    { seed: 20261127, numRuns: 500 },
  )
})
