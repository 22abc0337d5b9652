import type { StateNumber } from './states.ts'

/** One change of state; `at` is an ISO instant with `Z`, so that texts compare as times. */
export type DossierStep = { state: StateNumber; at: string }

export type Punctuality =
  | { outcome: 'on_time' | 'overdue'; endedAt: string }
  /** Neither an end nor a request for papers yet: the national index does not count it. */
  | { outcome: 'open' }
  /** No appointed day in the data: nobody can say. */
  | { outcome: 'unknown'; endedAt: string }

const first = (times: readonly string[]): string | undefined =>
  times.reduce<string | undefined>(
    (min, at) => (min === undefined || at < min ? at : min),
    undefined,
  )

/**
 * When handling ended: the first of states 3, 7, 8, 9, 10, where 9 (done) counts instead of 10 (returned) when both are
 * there. When only papers were asked for (5), the day of that request. Indicator set of Decision 766/QĐ-TTg.
 */
export function endOf(steps: readonly DossierStep[]): string | undefined {
  const isDone = steps.some(({ state }) => state === 9)
  const ends = steps.filter(
    ({ state }) =>
      state === 3 || state === 7 || state === 8 || state === 9 || (state === 10 && !isDone),
  )
  const asked = ends.length > 0 ? ends : steps.filter(({ state }) => state === 5)
  return first(asked.map(({ at }) => at))
}

/**
 * The national index: on time when the end is not after the appointed time; more than one request for papers counts as
 * overdue whatever the end.
 */
export function punctuality(steps: readonly DossierStep[], dueAt: string | null): Punctuality {
  const endedAt = endOf(steps)
  if (endedAt === undefined) return { outcome: 'open' }
  const requests = steps.filter(({ state }) => state === 5).length
  if (requests > 1) return { outcome: 'overdue', endedAt }
  if (dueAt === null) return { outcome: 'unknown', endedAt }
  return { outcome: endedAt <= dueAt ? 'on_time' : 'overdue', endedAt }
}
