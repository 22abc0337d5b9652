import { expect, it } from 'vitest'
import { readTelegramHtml } from './rich-text.ts'

const words = (html: string) =>
  readTelegramHtml(html)
    .map((run) => run.text)
    .join('')

it('marks become flags and entities become signs', () => {
  expect(readTelegramHtml('a <b>b &amp; &lt;c&gt;</b><i>d</i>')).toEqual([
    { text: 'a ', isBold: false, isItalic: false, isCode: false },
    { text: 'b & <c>', isBold: true, isItalic: false, isCode: false },
    { text: 'd', isBold: false, isItalic: true, isCode: false },
  ])
})

it('a link keeps a web address and loses a script', () => {
  expect(readTelegramHtml('<a href="https://a.vn/?x=1&amp;y=2">m</a>')[0]?.href).toBe(
    'https://a.vn/?x=1&y=2',
  )
  expect(readTelegramHtml('<a href="javascript:alert(1)">m</a>')[0]?.href).toBeUndefined()
})

it('broken markup never throws and loses no words', () => {
  expect(words('</b>x<b>y')).toBe('xy')
  expect(words('1 < 2 & 3 &#0; &#x110000; &nope;')).toBe('1 < 2 & 3 &#0; &#x110000; &nope;')
})
