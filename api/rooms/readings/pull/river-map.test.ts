import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRiverMap } from './river-map.ts'

const NOW = new Date('2026-11-27T08:20:00Z')
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const popup = (code: string, level: string) =>
  `<div class="station-popup-info"><li>Tên trạm: <b>Phú Ốc</b> </li><li>Mã trạm: <b>${code}</b></li><li>Địa điểm: <b>Huế</b></li><li>   Sông: <b>Bồ</b></li><li><b>${level}</b> </li></div>`
const map = (...popups: unknown[]) =>
  bytes({
    type: 'FeatureCollection',
    features: popups.map((popupInfo) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [107.47, 16.55] },
      properties: { label: 'Phú Ốc', popupInfo },
    })),
  })
const levelsOf = (level: string, now = NOW) =>
  readRiverMap(map(popup('71518', level)), now)?.levels.map(({ at, valueM }) => [at, valueM])

describe('a map of gauges', () => {
  it('gives code, metres and the moment of each', () => {
    expect(
      readRiverMap(
        map(
          popup('71518', 'Mực nước (3.25(m) 15-27/11)'),
          popup('71520', 'Mực nước (-0.4(m) 7-27/11)'),
        ),
        NOW,
      ),
    ).toEqual({
      levels: [
        { code: '71518', at: '2026-11-27T08:00:00.000Z', valueM: 3.25 },
        { code: '71520', at: '2026-11-27T00:00:00.000Z', valueM: -0.4 },
      ],
      broken: 0,
    })
  })

  it.each([
    ['Mực nước (589,4(m) 1-08/12)', '2026-11-27T08:20:00Z', [['2025-12-07T18:00:00.000Z', 589.4]]],
    ['Mực nước (1.1(m) 23-31/12)', '2026-12-31T18:00:00Z', [['2026-12-31T16:00:00.000Z', 1.1]]],
    ['Mực nước (1.1(m) 1-01/01)', '2026-12-31T18:30:00Z', [['2026-12-31T18:00:00.000Z', 1.1]]],
    ['Mực nước (1.1(m) 24-27/11)', '2026-11-27T08:20:00Z', []],
    ['Mực nước (1.1(m) 7-31/11)', '2026-11-27T08:20:00Z', []],
    ['Mực nước (1.1(m))', '2026-11-27T08:20:00Z', []],
    ['Mực nước (99999(m) 7-27/11)', '2026-11-27T08:20:00Z', []],
  ])('reads %s', (text, now, expected) => {
    expect(levelsOf(text, new Date(now))).toEqual(expected)
  })

  it('passes over gauges without a figure, counts broken points, and keeps the rest', () => {
    const whole = popup('71518', 'Mực nước (3.25(m) 15-27/11)')
    const silent = popup('71520', 'Mực nước :Không có số liệu')
    const read = readRiverMap(map(silent, popup('x', 'Mực nước'), null, 7, whole), NOW)
    expect(read).toMatchObject({ levels: [{ code: '71518' }], broken: 3 })
    expect(readRiverMap(bytes({ features: [null, 'x', {}] }), NOW)).toEqual({
      levels: [],
      broken: 3,
    })
  })

  it.each([['<html>bảo trì</html>'], [''], ['[]'], ['{"features":{}}'], ['{"features":[']])(
    '%s is none',
    (text) => {
      expect(readRiverMap(new TextEncoder().encode(text), NOW)).toBeUndefined()
    },
  )

  it('never throws, whatever comes; what it takes is a moment before tomorrow', () => {
    const level = fc
      .tuple(fc.integer(), fc.nat(99), fc.nat(99), fc.nat(99))
      .map(([m, h, d, mo]) => `Mực nước (${m / 100}(m) ${h}-${d}/${mo})`)
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      level.map((l) => popup('71518', l)),
    )
    const body = fc.oneof(
      fc.uint8Array(),
      fc.anything({ maxDepth: 2 }).map((value) => bytes(value ?? null)),
      fc.array(text, { maxLength: 4 }).map((popups) => map(...popups)),
    )
    fc.assert(
      fc.property(
        body,
        fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (b, now) => {
          for (const { at, valueM } of readRiverMap(b, now)?.levels ?? []) {
            expect(Number.isFinite(valueM)).toBe(true)
            expect(Date.parse(at)).toBeLessThan(now.getTime() + 86_400_000)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
