import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildAreaIndex,
  fullName,
  resolveAreaName,
  resolveText,
  SHIPPED_CALENDAR,
  UNITS,
  workingDaysAfter,
  workingDaysBetween,
} from '../../api/rooms/areas/index.ts'
import { checkBoundaries, unitKey } from '../../api/rooms/areas/policy/boundaries.ts'
import { checkHamlets } from '../../api/rooms/areas/policy/hamlet-file.ts'
import { type Polygons, whereInPolygons } from '../../api/rooms/areas/policy/polygon.ts'

const seed = 20_251_027
const index = buildAreaIndex([
  { id: 'h', unitCode: '19867', name: 'Phước Yên', kind: 'thon', lng: null, lat: null },
])

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(fc.constantFrom('xã', 'p.', 'phú', 'xuan', 'Quảng', ',', 'cũ', '\ud83d', 'đ', ' ', '5'))
    .map((words) => words.join(' ')),
)

describe('names', () => {
  it('no text throws, and outcome always fits the candidates', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { outcome, candidates, isCertain } of [
          resolveAreaName(text, index),
          resolveText(text, index),
        ]) {
          const expected = ['none', 'one'][candidates.length] ?? 'many'
          expect(outcome).toBe(expected)
          expect(isCertain && outcome !== 'one').toBe(false)
        }
      }),
      { seed, numRuns: 3_000 },
    )
  })

  /** Present and former units, each with the unit where it leads. */
  const known = UNITS.flatMap((unit) => [
    { name: unit.name, full: fullName(unit), unitCode: unit.code },
    ...unit.formedFrom.map((former) => ({
      name: former.name,
      full: fullName(former),
      unitCode: unit.code,
    })),
  ])
  const bare = (text: string) =>
    text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
  const newStyle = (text: string) =>
    text.replace(/òa|óa|ỏa|õa|ọa|ùy|úy|ủy|ũy|ụy/gu, (two) => {
      const [first = '', mark = '', second = ''] = two.normalize('NFD')
      return (first + second + mark).normalize('NFC')
    })
  const spellings: readonly ((text: string) => string)[] = [
    (text) => text,
    bare,
    newStyle,
    (text) => text.toUpperCase(),
    (text) => text.normalize('NFD'),
    (text) => `  ${text.replaceAll(' ', '\u00a0')} `,
    (text) =>
      bare(text)
        .toLowerCase()
        .replace(/\b([mv])y\b/g, '$1i'),
  ]

  it('every present and former name finds its unit in every spelling, alone and in a sentence', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.constantFrom(...spellings),
        fc.boolean(),
        ({ name, full, unitCode }, spelling, withKind) => {
          const query = spelling(withKind ? full : name)
          const codes = (text: string) =>
            resolveAreaName(text, index).candidates.map((c) => c.unitCode)
          expect(codes(query)).toContain(unitCode)
          const inText = resolveText(`ngập ở ${query} từ sáng`, index)
          expect(inText.candidates.map((c) => c.unitCode)).toContain(unitCode)
        },
      ),
      { seed, numRuns: 4_000 },
    )
  })
})

describe('polygons', () => {
  it('agree with plain comparison on rectangles with a rectangular hole', () => {
    const cell = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(cell, cell, cell, cell, cell, cell, (x0, y0, w, h, px, py) => {
        const east = x0 + w + 4
        const north = y0 + h + 4
        const ring = (a: number, b: number, c: number, d: number) => [
          [a, b],
          [c, b],
          [c, d],
          [a, d],
          [a, b],
        ]
        const polygons: Polygons = [
          [ring(x0, y0, east, north), ring(x0 + 1, y0 + 1, x0 + 3, y0 + 3)],
        ]
        const within = (a: number, b: number, c: number, d: number) =>
          px > a && px < c && py > b && py < d
        const on = (a: number, b: number, c: number, d: number) =>
          px >= a && px <= c && py >= b && py <= d && !within(a, b, c, d)
        const hole = [x0 + 1, y0 + 1, x0 + 3, y0 + 3] as const
        const shell = [x0, y0, east, north] as const
        const expected =
          on(...shell) || on(...hole)
            ? 'edge'
            : within(...shell) && !within(...hole)
              ? 'inside'
              : 'outside'
        expect(whereInPolygons({ lng: px, lat: py }, polygons)).toBe(expected)
      }),
      { seed, numRuns: 3_000 },
    )
  })
})

describe('files', () => {
  it('no JSON and no CSV throws; with an issue or without, never both silent and empty', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const file = checkBoundaries(text, 'unit', unitKey)
        expect(file.issues.length + file.boundaries.length).toBeGreaterThan(0)
        const rows = checkHamlets(text)
        expect(rows.issues.length + rows.hamlets.length).toBeGreaterThan(0)
      }),
      { seed, numRuns: 1_000 },
    )
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (features) => {
        const text = JSON.stringify({ type: 'FeatureCollection', features })
        const file = checkBoundaries(text, 'unit', unitKey)
        expect(file.issues.length + file.boundaries.length).toBeGreaterThan(0)
      }),
      { seed, numRuns: 1_000 },
    )
  })
})

it('a later count never ends earlier, and between undoes after', () => {
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (date, n) => {
      const due = workingDaysAfter(date, n, SHIPPED_CALENDAR)
      const next = workingDaysAfter(date, n + 1, SHIPPED_CALENDAR)
      expect(due.date > date && next.date > due.date).toBe(true)
      expect(workingDaysBetween(date, due.date, SHIPPED_CALENDAR).days).toBe(n)
    }),
    { seed, numRuns: 1_000 },
  )
})
