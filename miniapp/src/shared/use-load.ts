import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiProblem } from './api.ts'

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'ready'; data: T }
  | { state: 'failed'; problem: unknown }

/**
 * Runs `load` at first and whenever `key` changes; `undefined` waits. An answer that comes after the next start is
 * dropped. The second value starts again.
 */
export function useLoad<T>(
  key: string | undefined,
  load: () => Promise<T>,
): [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    if (key === undefined) return
    let isStale = false
    setLoaded({ state: 'loading' })
    latest.current().then(
      (data) => !isStale && setLoaded({ state: 'ready', data }),
      (problem: unknown) => !isStale && setLoaded({ state: 'failed', problem }),
    )
    return () => {
      isStale = true
    }
  }, [key, attempt])
  return [loaded, useCallback(() => setAttempt((n) => n + 1), [])]
}

/** Whether the server knows nothing under that name, as against any other failure. */
export const isNotFound = (problem: unknown): boolean =>
  problem instanceof ApiProblem && problem.status === 404
