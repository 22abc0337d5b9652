import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isLocalDate } from '../core/time.ts'
import { FIXED, RETENTION, RETENTION_SINCE, TERMS } from '../db/retention-table.ts'
import { JOBS } from './jobs.ts'

describe('the retention table', () => {
  it('is dated, and each period has a job that runs', () => {
    expect(isLocalDate(RETENTION_SINCE)).toBe(true)
    for (const { what, days, job } of RETENTION) {
      expect([what, days === null]).toEqual([what, job === null])
      if (job !== null) expect(JOBS.map((one) => one.name)).toContain(job)
    }
  })

  it('names every class, and ships each term within its bounds', () => {
    expect(new Set(RETENTION.map(({ kept }) => kept))).toEqual(
      new Set([...Object.keys(TERMS), ...FIXED]),
    )
    for (const { days, least, most } of Object.values(TERMS)) {
      expect(days).toBeGreaterThanOrEqual(least)
      expect(days).toBeLessThanOrEqual(most)
    }
  })

  it('stands in the README, row by row', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(RETENTION_SINCE)
    for (const { what, outcome } of RETENTION) {
      expect(readme).toContain(what)
      expect(readme).toContain(outcome)
    }
  })
})
