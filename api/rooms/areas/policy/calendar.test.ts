import { describe, expect, it } from 'vitest'
import { CALENDAR_DAYS } from '../data/calendar.ts'
import {
  SHIPPED_CALENDAR as calendar,
  calendarOf,
  isWorkingDay,
  workingDaysAfter,
  workingDaysBetween,
} from './calendar.ts'

describe('seven working days, as observed on four public cases', () => {
  it.each([
    ['2022-07-19', '2022-07-28'],
    ['2023-02-08', '2023-02-17'],
    ['2024-11-07', '2024-11-18'],
    ['2025-07-01', '2025-07-10'],
  ])('%s ends on %s, as an estimate outside the calendar', (sent, due) => {
    expect(workingDaysAfter(sent, 7, calendar)).toEqual({ date: due, isEstimated: true })
  })
})

describe('the shipped calendar', () => {
  it('24/11/2026 is off, 23 and 28/11 are as any Monday and Saturday', () => {
    expect(isWorkingDay('2026-11-24', calendar)).toBe(false)
    expect(isWorkingDay('2026-11-23', calendar)).toBe(true)
    expect(isWorkingDay('2026-11-28', calendar)).toBe(false)
    expect(workingDaysAfter('2026-11-23', 7, calendar)).toEqual({
      date: '2026-12-03',
      isEstimated: false,
    })
  })

  it('swapped Saturdays are worked, swapped weekdays are off', () => {
    for (const off of ['2026-01-02', '2026-08-31', '2026-04-27'])
      expect(isWorkingDay(off, calendar)).toBe(false)
    for (const worked of ['2026-01-10', '2026-08-22'])
      expect(isWorkingDay(worked, calendar)).toBe(true)
    expect(workingDaysAfter('2026-08-21', 1, calendar).date).toBe('2026-08-22')
  })

  it('Tết 2026 is one gap, Tết 2027 is marked as an estimate', () => {
    expect(workingDaysAfter('2026-02-13', 1, calendar)).toEqual({
      date: '2026-02-23',
      isEstimated: false,
    })
    expect(workingDaysAfter('2027-02-04', 1, calendar)).toEqual({
      date: '2027-02-12',
      isEstimated: true,
    })
  })

  it('years that it does not know are estimates, also across New Year', () => {
    expect(workingDaysAfter('2027-12-30', 3, calendar).isEstimated).toBe(true)
    expect(workingDaysAfter('2025-12-31', 1, calendar)).toEqual({
      date: '2026-01-05',
      isEstimated: false,
    })
  })

  it('every day has a source, no date twice, all of 2026 confirmed and nothing of 2027', () => {
    expect(new Set(CALENDAR_DAYS.map((day) => day.date)).size).toBe(CALENDAR_DAYS.length)
    for (const day of CALENDAR_DAYS) {
      expect(day.source).not.toBe('')
      expect(day.confirmed).toBe(day.date < '2027')
    }
  })
})

describe('counting', () => {
  it('with 0 days a day off rolls to the next working day', () => {
    expect(workingDaysAfter('2026-11-21', 0, calendar).date).toBe('2026-11-23')
    expect(workingDaysAfter('2026-11-23', 0, calendar).date).toBe('2026-11-23')
  })

  it('between undoes after, and is negative once the day is past', () => {
    for (let n = 1; n < 40; n++) {
      const { date } = workingDaysAfter('2026-08-20', n, calendar)
      expect(workingDaysBetween('2026-08-20', date, calendar).days).toBe(n)
      expect(workingDaysBetween(date, '2026-08-20', calendar).days).toBe(-n)
    }
    expect(workingDaysBetween('2026-11-21', '2026-11-22', calendar).days).toBe(0)
  })

  it('an empty calendar still knows weekends, and says that it estimates', () => {
    const empty = calendarOf([])
    expect(workingDaysAfter('2026-11-20', 1, empty)).toEqual({
      date: '2026-11-23',
      isEstimated: true,
    })
  })

  it('refuses what is no date or no count', () => {
    for (const [date, n] of [
      ['2026-02-30', 1],
      ['x', 1],
      ['2026-11-20', -1],
      ['2026-11-20', 1.5],
      ['2026-11-20', 1e9],
    ] as const)
      expect(() => workingDaysAfter(date, n, calendar)).toThrow(RangeError)
    expect(() => workingDaysBetween('2026-01-01', '2126-01-01', calendar)).toThrow(RangeError)
  })
})
