import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAirLocation } from './openaq.ts'

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value ?? null))
const utc = '2026-11-27T07:00:00Z'
const sensor = (name: string, units: string, value: unknown, more: object = {}) => ({
  id: 7,
  name: `${name} ${units}`,
  parameter: { id: 2, name, units, displayName: name },
  latest: { datetime: { utc, local: '2026-11-27T14:00:00+07:00' }, value, coordinates: {} },
  ...more,
})
const answer = (...results: unknown[]) => bytes({ meta: { name: 'openaq-api' }, results })

describe('the sensors of a place', () => {
  it('give one value a pollutant, with its unit as it is said', () => {
    expect(
      readAirLocation(answer(sensor('pm25', 'µg/m³', 20.3), sensor('temperature', 'c', 24))),
    ).toEqual({
      values: [{ property: 'pm2_5', at: '2026-11-27T07:00:00.000Z', value: 20.3, unit: 'µg/m³' }],
      broken: 0,
    })
  })

  it('take the sensor with a unit that we know, else the first', () => {
    const both = [sensor('co', 'ppm', 0.4), sensor('co', 'µg/m³', 458), sensor('co', 'mg/m³', 1)]
    expect(readAirLocation(answer(...both))?.values).toMatchObject([{ value: 458 }])
    const none = [sensor('o3', 'ppm', 0.02), sensor('o3', 'ppb', 20)]
    expect(readAirLocation(answer(...none))?.values).toMatchObject([{ unit: 'ppm' }])
  })

  it('pass over one that has never measured, count broken ones, and keep the rest', () => {
    const silent = sensor('no2', 'µg/m³', 1, { latest: null })
    const broken = [
      sensor('so2', 'µg/m³', 'x'),
      sensor('o3', 'µg/m³', 1, { latest: { datetime: { utc: 'hôm qua' }, value: 1 } }),
      null,
    ]
    expect(readAirLocation(answer(silent, ...broken, sensor('pm10', 'µg/m³', 40)))).toMatchObject({
      values: [{ property: 'pm10', value: 40 }],
      broken: 3,
    })
  })

  it.each([['<html>'], ['{"detail":"Unauthorized"}'], ['{"results":{}}'], ['[]']])(
    '%s are none',
    (text) => expect(readAirLocation(new TextEncoder().encode(text))).toBeUndefined(),
  )

  it('a number that is none is never taken', () => {
    const text = JSON.stringify({ results: [sensor('pm25', 'µg/m³', 1)] })
    const huge = text.replace('"value":1', '"value":1e999')
    expect(readAirLocation(new TextEncoder().encode(huge))).toEqual({ values: [], broken: 1 })
  })

  it('never throw, whatever comes; each pollutant stands once', () => {
    const any = fc.anything({ maxDepth: 2 })
    const one = fc
      .tuple(fc.constantFrom('pm25', 'co', '__proto__', 'constructor'), fc.string(), any, any)
      .map(([name, units, value, at]) => ({ ...sensor(name, units, value), at }))
    const body = fc.oneof(
      fc.uint8Array(),
      any.map(bytes),
      fc.array(fc.oneof(one, any)).map((all) => answer(...all)),
    )
    fc.assert(
      fc.property(body, (input) => {
        const values = readAirLocation(input)?.values ?? []
        expect(new Set(values.map(({ property }) => property)).size).toBe(values.length)
        expect(values.every(({ value }) => Number.isFinite(value))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
