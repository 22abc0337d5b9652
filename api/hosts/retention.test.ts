import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isLocalDate } from '../core/time.ts'
import { OUTBOX_BODY_DAYS } from '../db/outbox-purge.ts'
import { SENDER_DAYS } from '../rooms/incidents/retention/policy.ts'
import { JOBS } from './jobs.ts'
import { RETENTION, RETENTION_SINCE } from './retention.ts'

describe('the retention table', () => {
  it('is dated, and each period has a job that runs', () => {
    expect(isLocalDate(RETENTION_SINCE)).toBe(true)
    for (const { what, days, job } of RETENTION) {
      expect([what, days === null]).toEqual([what, job === null])
      if (job !== null) expect(JOBS.map((one) => one.name)).toContain(job)
    }
  })

  it('says what the jobs do', () => {
    const daysOf = (job: string) =>
      new Set(RETENTION.filter((kept) => kept.job === job).map((kept) => kept.days))
    expect(daysOf('incidents-retention')).toEqual(new Set([SENDER_DAYS]))
    expect(daysOf('outbox-bodies')).toEqual(new Set([OUTBOX_BODY_DAYS]))
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
