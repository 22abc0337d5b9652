import { expect, it } from 'vitest'
import { dayName } from './day-name.ts'

// 23:30 on 22/11 in UTC is 06:30 on 23/11 in Viet Nam.
const now = new Date('2026-11-22T23:30:00Z')

it('today and yesterday follow the calendar of Viet Nam', () => {
  expect(dayName(new Date('2026-11-22T17:00:00Z'), now)).toBe('today')
  expect(dayName(new Date('2026-11-22T16:59:00Z'), now)).toBe('yesterday')
  expect(dayName(new Date('2026-11-21T17:00:00Z'), now)).toBe('yesterday')
  expect(dayName(new Date('2026-11-21T16:59:00Z'), now)).toBe('other')
})
