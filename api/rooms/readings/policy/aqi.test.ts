import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BREAKPOINTS, type Column } from '../data/aqi-table.ts'
import { bandOf, dailyAqi, type Hours, hourlyAqi, max8h, nowcast, subIndex } from './aqi.ts'

/** Worked examples of Quyết định 1459/QĐ-TCMT, hours as they follow each other there. */
const DUST = [26.9, 24.7, 20.5, 23.5, 19.5, 16.5, 19.0, 16.5, 20.3, 22.4, 19.6, 20.6]
const OZONE = [
  15.7, 14.2, 17.7, 18.9, 19.3, 15.7, 19.7, 22.6, 27.1, 29.0, 31.9, 25.3, 34.7, 35.2, 41.6, 45.7,
  49.2, 55.8, 69.6, 78.3, 91.5, 97.7, 81.2, 71.8, 43.5, 34.3, 21.5, 20.5, 19.4, 20.4, 21.3,
]
const same = (value: number, count: number): Hours => Array.from({ length: count }, () => value)

describe('VN_AQI, the decree’s examples', () => {
  it('Nowcast of twelve hours', () => {
    expect(nowcast(DUST.toReversed())).toBeCloseTo(20.27, 2)
  })

  it('hourly; NO2 is 59 by the formula (the printed 60 is a slip)', () => {
    const aqi = hourlyAqi({ o3: [136.1], no2: [118.7], pm2_5: DUST.toReversed() })
    expect(aqi).toEqual({ index: 59, dominant: 'no2', parts: { o3: 43, no2: 59, pm2_5: 41 } })
  })

  it('daily; half goes up', () => {
    const aqi = dailyAqi({ o3: [114.6], no2: [130.8, 10], pm2_5: same(55.7, 24) })
    expect(aqi).toEqual({ index: 110, dominant: 'pm2_5', parts: { o3: 36, no2: 65, pm2_5: 110 } })
    expect(subIndex('o3_8h', 89.3)).toBeCloseTo(44.65)
  })

  it('highest eight hours of the sample day', () => {
    expect(max8h(OZONE.toReversed())).toBeCloseTo(74.4, 1)
  })

  it('eight-hour ozone counts when it is the larger, and not above 400', () => {
    expect(dailyAqi({ o3: same(110, 31), pm2_5: same(1, 24) })?.parts.o3).toBe(75)
    expect(subIndex('o3_8h', 400)).toBe(300)
    expect(subIndex('o3_8h', 400.1)).toBeUndefined()
    expect(dailyAqi({ o3: same(500, 31), pm2_5: same(1, 24) })?.parts.o3).toBe(225)
  })

  it.for([
    ['pm2_5', 25, 50],
    ['pm2_5', 150, 200],
    ['pm10', 50, 50],
    ['no2', 200, 100],
    ['so2', 125, 50],
    ['o3_1h', 160, 50],
    ['co', 10_000, 50],
    ['pm2_5', 500, 500],
    ['pm10', 9_999, 500],
  ] as const)('%s at %d is %d', ([column, value, index]) => {
    expect(subIndex(column, value)).toBe(index)
  })
})

describe('VN_AQI, what is missing', () => {
  it('gases without dust give no index', () => {
    expect(hourlyAqi({ o3: [100], no2: [50] })).toBeUndefined()
    expect(dailyAqi({ o3: same(100, 31) })).toBeUndefined()
  })

  it('Nowcast needs two of the last three hours', () => {
    expect(nowcast([null, null, 30, 30])).toBeUndefined()
    expect(nowcast([null, 30, 30])).toBe(30)
    expect(nowcast([])).toBeUndefined()
  })

  it('a missing hour weighs nothing, also where w is one half', () => {
    expect(nowcast([10, null, 100])).toBeCloseTo((10 + 100 / 4) / 1.25)
  })

  it('a day needs three quarters of its hours', () => {
    expect(
      dailyAqi({ pm2_5: [...same(30, 18), ...Array.from({ length: 6 }, () => null)] }),
    ).toBeDefined()
    expect(dailyAqi({ pm2_5: same(30, 17) })).toBeUndefined()
  })
})

const column = fc.constantFrom(...(Object.keys(BREAKPOINTS) as Column[]))
const concentration = fc.double({ min: 0, max: 1_000_000, noNaN: true })

describe('VN_AQI, properties', () => {
  it('is bounded and grows with the concentration', () => {
    fc.assert(
      fc.property(column, concentration, concentration, (of, a, b) => {
        const [low = 0, high = 0] = [a, b].sort((x, y) => x - y)
        const [from, to] = [subIndex(of, low), subIndex(of, high)]
        if (from !== undefined) expect(from >= 0 && from <= 500).toBe(true)
        if (from !== undefined && to !== undefined) expect(from).toBeLessThanOrEqual(to)
      }),
    )
  })

  it('Nowcast lies between the extremes (a thousandth for the undivided sum), and the index is whole', () => {
    const hour = fc.option(fc.double({ min: 0, max: 1000, noNaN: true }), { nil: null })
    fc.assert(
      fc.property(fc.array(hour, { maxLength: 14 }), (hours) => {
        const value = nowcast(hours)
        if (value === undefined) return
        const known = hours.slice(0, 12).filter((c) => c !== null)
        expect(value).toBeGreaterThanOrEqual(Math.min(...known) * 0.999 - 1e-9)
        expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-9)
        const index = hourlyAqi({ pm2_5: hours })?.index ?? -1
        expect(Number.isInteger(index) && index >= 0 && index <= 500).toBe(true)
      }),
    )
  })

  it('bands are those of the decree', () => {
    expect(
      [50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500].map((i) => bandOf(i).code),
    ).toEqual([
      'good',
      'moderate',
      'moderate',
      'poor',
      'poor',
      'bad',
      'bad',
      'very_bad',
      'very_bad',
      'hazardous',
      'hazardous',
    ])
  })
})
