import { expect, it } from 'vitest'
import { type Cadence, isDue, toCron } from './cadence.ts'
import { JOBS } from './jobs.ts'

const LOCAL_MIDNIGHT = Date.parse('2026-11-22T17:00:00Z')

/** Whether a cron line (minute and hour only) names a local time. */
function matches(cron: string, hour: number, minute: number): boolean {
  const [minutes = '', hours = ''] = cron.split(' ')
  const fits = (field: string, value: number) => {
    if (field === '*') return true
    return field.startsWith('*/') ? value % Number(field.slice(2)) === 0 : value === Number(field)
  }
  return fits(minutes, minute) && fits(hours, hour)
}

const cadences = JOBS.flatMap((job): [string, Cadence][] =>
  job.cadence === null ? [] : [[job.name, job.cadence]],
)

it.each(cadences)('%s is due on both hosts in the same minutes of a day', (_name, cadence) => {
  const cron = toCron(cadence)
  const minutes = Array.from({ length: 24 * 60 }, (_, i) => i)
  const here = minutes.filter((i) => isDue(cadence, new Date(LOCAL_MIDNIGHT + i * 60_000 + 1_234)))
  expect(here).toEqual(minutes.filter((i) => matches(cron, Math.floor(i / 60), i % 60)))
  expect(here.length).toBeGreaterThan(0)
})

it('a daily job runs at its local time', () => {
  expect(isDue({ dailyAt: '02:30' }, new Date('2026-11-22T19:30:00Z'))).toBe(true)
  expect(isDue({ dailyAt: '02:30' }, new Date('2026-11-22T02:30:00Z'))).toBe(false)
})

it('every job has a name of its own', () => {
  expect(new Set(JOBS.map((job) => job.name)).size).toBe(JOBS.length)
})
