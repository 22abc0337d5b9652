import { describe, expect, it } from 'vitest'
import { checkHamlets } from './hamlet-file.ts'

const HEAD = 'unitCode,name,kind,lng,lat,validFrom,validTo\n'
const faults = (input: string | readonly unknown[]) =>
  checkHamlets(input).issues.map(({ path, code }) => `${path} ${code}`)

describe('what is read', () => {
  it('CSV with quotes, semicolons, BOM and Windows line ends', () => {
    const csv = `\uFEFF${HEAD}19867,"Phước Yên",,107.53,16.57,2025-07-01,\r\n\r\n19867,TDP 5,,,,2025-07-01,2026-01-01\r\n`
    for (const text of [csv, csv.replaceAll(',', ';')]) {
      const { hamlets, issues } = checkHamlets(text)
      expect(issues).toEqual([])
      expect(hamlets).toEqual([
        {
          unitCode: '19867',
          code: null,
          name: 'Phước Yên',
          folded: 'phuoc yen',
          kind: 'thon',
          lng: 107.53,
          lat: 16.57,
          validFrom: '2025-07-01',
          validTo: null,
        },
        expect.objectContaining({ name: '5', kind: 'to_dan_pho', validTo: '2026-01-01' }),
      ])
    }
  })

  it('JSON lists and rows; the kind leaves the name', () => {
    const row = { unitCode: '19867', name: 'Thôn  Hà Đồ', validFrom: '2025-07-01' }
    for (const input of [JSON.stringify([row]), JSON.stringify({ hamlets: [row] }), [row]])
      expect(checkHamlets(input).hamlets).toEqual([
        expect.objectContaining({ name: 'Hà Đồ', kind: 'thon', folded: 'ha do' }),
      ])
  })
})

describe('what is refused', () => {
  it('names each bad row', () => {
    const bad = `${HEAD}10000,A,,,,2025-07-01,
19867,B,,107.5,,2025-07-01,
19867,C,,,,2025-13-01,
19867,D,,,,2025-07-02,2025-07-01
19867,E,,108.1,16.2,2025-07-01,
19867,F,xom,,,2025-07-01,
19867,G,,,,2025-07-01,
19867,Thôn G,,,,2025-07-01,`
    expect(faults(bad)).toEqual([
      'rows.0.unitCode unknown_code',
      'rows.1.lng bad_position',
      'rows.2.validFrom custom',
      'rows.3.validTo bad_dates',
      'rows.4.lng elsewhere',
      'rows.5.kind invalid_value',
      'rows.7.name duplicate',
    ])
  })

  it('nothing, and what is no list', () => {
    expect(faults('')).toEqual([' empty'])
    expect(faults('{"x":1}')).toEqual([' not_json'])
    expect(faults('[')).toEqual([' not_json'])
  })
})
