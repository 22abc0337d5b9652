import { expect, it } from 'vitest'
import { areaKey, spell } from './spelling.ts'

it('both tone styles and both i/y read alike, and other words stay', () => {
  expect(spell('Thuận Hoá')).toBe(spell('Thuận Hóa'))
  expect(spell('THUỶ XUÂN')).toBe(spell('Thủy Xuân'))
  expect(spell('Vỹ Dạ')).toBe(spell('Vĩ Dạ'))
  expect(spell('Quý')).toBe(spell('quí'))
  expect(spell('thủy')).toBe('thủy')
  expect(spell('hoặc')).toBe('hoặc')
  expect(spell('Thuận Hòa')).not.toBe(spell('Thuận Hóa'))
})

it('a key has no marks, no signs and single spaces, from NFC and NFD alike', () => {
  expect(areaKey('Chân Mây - Lăng Cô')).toBe('chan may lang co')
  expect(areaKey('  Đan\u00a0Điền\u200b ')).toBe('dan dien')
  expect(areaKey('Hương Thủy'.normalize('NFD'))).toBe('huong thuy')
})
