import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Facts,
  fillTemplate,
  hasGap,
  PLACEHOLDERS,
  unknownPlaceholders,
} from './fill-template.ts'

const FACTS: Facts = {
  ...{ ma: 'HUE-2222-2222', loai: 'Đường', noi: 'chợ Sịa', donvi: 'Phòng Kinh tế' },
  ...{ ngaynhan: '23/11/2026', han: '', homnay: '27/11/2026' },
}

it('fills what is known, and leaves a gap for the rest', () => {
  const body = '{donvi} đã xem {noi} ({ma}) và {?việc đã làm}. Hạn {han}.'
  expect(unknownPlaceholders(body)).toEqual([])
  const filled = fillTemplate(body, FACTS)
  expect(filled).toBe('Phòng Kinh tế đã xem chợ Sịa (HUE-2222-2222) và {?việc đã làm}. Hạn {?han}.')
  expect(hasGap(filled)).toBe(true)
  expect(hasGap('Đã vá xong.')).toBe(false)
})

it('names what means nothing, and braces without their pair', () => {
  expect(unknownPlaceholders('{ten} {ma} {?} {toString}')).toEqual(['ten', '?', 'toString'])
  for (const body of ['{ma', 'ma}', '{{ma}}', '{?a{b}}'])
    expect([body, unknownPlaceholders(body)]).toEqual([body, expect.arrayContaining(['{'])])
})

it('a template of known names alone leaves no brace when all is known', () => {
  const all = { ...FACTS, han: '01/12/2026' }
  const part = fc.oneof(
    fc.constantFrom(...PLACEHOLDERS).map((name) => `{${name}}`),
    fc.string().map((text) => text.replace(/[{}]/g, '')),
  )
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const body = parts.join('')
      expect(unknownPlaceholders(body)).toEqual([])
      expect(hasGap(fillTemplate(body, all))).toBe(false)
    }),
  )
})
