import { expect, it } from 'vitest'
import { hoursText, readHours } from './hours.ts'

it('hours are written as people write them, and read back', () => {
  const spans: [string, string][] = [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ]
  expect(hoursText(spans)).toBe('07:30-11:30, 13:30-17:00')
  expect(readHours(hoursText(spans))).toEqual(spans)
  expect(readHours('7:30 – 11:30; 13:30-17:00,')).toEqual(spans)
  expect(readHours('')).toEqual([])
  expect(hoursText(undefined)).toBe('')
  expect(readHours('sáng')).toEqual([['sáng', '']])
})
