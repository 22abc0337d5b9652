import { describe, expect, it } from 'vitest'
import { codeOn, holdersOfCode, unitByCode, unitsOfDistrict } from './index.ts'
import { UNITS } from './units.ts'

describe('the units of today', () => {
  it('are 40: 21 wards and 19 communes out of 133', () => {
    expect(UNITS.filter((unit) => unit.kind === 'phuong')).toHaveLength(21)
    expect(UNITS.filter((unit) => unit.kind === 'xa')).toHaveLength(19)
    expect(new Set(UNITS.map((unit) => unit.code)).size).toBe(40)
    const former = UNITS.flatMap((unit) => unit.formedFrom.map((one) => one.oldCode))
    expect(new Set(former).size).toBe(133)
  })

  it('have their centroid in their box and names in NFC and one tone style', () => {
    for (const { centroid, bbox, name, formedFrom } of UNITS) {
      expect(centroid.lng > bbox.west && centroid.lng < bbox.east).toBe(true)
      expect(centroid.lat > bbox.south && centroid.lat < bbox.north).toBe(true)
      for (const text of [name, ...formedFrom.map((one) => one.name)]) {
        expect(text).toBe(text.normalize('NFC'))
        expect(text).not.toMatch(/o[àáảãạ](?!\p{L})|u[ỳýỷỹỵ](?!\p{L})/u)
      }
    }
  })
})

describe('codes', () => {
  it('were re-used, so a date decides what one means', () => {
    expect(codeOn('19867', '2025-06-30')).toMatchObject({ name: 'Sịa', kind: 'thi_tran' })
    expect(codeOn('19867', '2025-07-01')).toMatchObject({ name: 'Quảng Điền', kind: 'xa' })
    expect(codeOn('19753', '2025-03-01')?.name).toBe('Thuận Lộc')
    expect(codeOn('19894', '2026-01-01')).toBeUndefined()
    expect(holdersOfCode('19945').map((holder) => holder.name)).toEqual(['Phú Vinh', 'Vinh Thanh'])
  })

  it('of today’s units only name a unit', () => {
    expect(unitByCode('19867')?.fullName).toBe('Xã Quảng Điền')
    expect(unitByCode('19894')).toBeUndefined()
  })
})

it('a district is the units that hold a part of it', () => {
  expect(unitsOfDistrict('quang_dien').map((unit) => unit.code)).toEqual([
    '19867',
    '19873',
    '19885',
    '20014',
  ])
})
