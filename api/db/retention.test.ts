import { expect, it } from 'vitest'
import { termOn } from './retention.ts'

it('the term dated last counts from its day on, and never beyond its bounds', () => {
  const dated = [
    { validFrom: '2027-03-01', days: 90 },
    { validFrom: '2027-01-01', days: 60 },
    { validFrom: '2027-05-01', days: 9_999 },
    { validFrom: '2027-06-01', days: 1 },
  ]
  const on = (day: string) => termOn('cases', dated, day)
  expect(on('2026-12-31')).toBe(180)
  expect(on('2027-01-01')).toBe(60)
  expect(on('2027-03-01')).toBe(90)
  expect(on('2027-05-31')).toBe(365)
  expect(on('2027-06-01')).toBe(30)
})
