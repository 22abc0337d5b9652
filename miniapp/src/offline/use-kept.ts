import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'
import { ApiProblem, isTransient } from '../shared/api.ts'
import type { Loaded } from '../shared/use-load.ts'
import { change, get, keys, put } from './idb.ts'

type Kept<T> = { at: string; data: T }
/** `keptAt`: the network has not answered; this is what it said then. */
export type Fresh<T> = { data: T; keptAt?: string }

/** A reader who waits this long is shown what was known before; the fresh answer takes its place when it comes. */
const PATIENCE_MS = 2_500

const isLost = (problem: unknown): boolean => problem instanceof ApiProblem && isTransient(problem)

async function loadAndKeep<T>(key: string, load: () => Promise<T>): Promise<T> {
  const data = await load()
  const kept: Kept<T> = { at: new Date().toISOString(), data }
  await put('kept', key, kept)
  return data
}

/**
 * Like `useLoad`; while the network is silent it gives the last answer to the same question, with the time of that
 * answer, and asks again when the signal is back.
 */
export function useKept<T>(
  key: string | undefined,
  load: () => Promise<T>,
): [Loaded<Fresh<T>>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<Fresh<T>>>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const latest = useRef(load)
  latest.current = load
  const again = useCallback(() => setAttempt((n) => n + 1), [])
  useEffect(() => {
    if (key === undefined) return
    let isOver = false
    setLoaded({ state: 'loading' })
    const showKept = async (): Promise<boolean> => {
      const kept = await get<Kept<T>>('kept', key)
      if (kept === undefined || isOver) return false
      setLoaded({ state: 'ready', data: { data: kept.data, keptAt: kept.at } })
      return true
    }
    let isAnswered = false
    const patience = setTimeout(
      () => isAnswered || showKept(),
      platform().isOnline() ? PATIENCE_MS : 0,
    )
    loadAndKeep(key, latest.current)
      .then(
        (data) => !isOver && setLoaded({ state: 'ready', data: { data } }),
        async (problem: unknown) => {
          if (isOver || (isLost(problem) && (await showKept()))) return
          if (!isOver) setLoaded({ state: 'failed', problem })
        },
      )
      .finally(() => {
        isAnswered = true
        clearTimeout(patience)
      })
    return () => {
      isOver = true
      clearTimeout(patience)
    }
  }, [key, attempt])
  const isFresh = loaded.state === 'ready' && loaded.data.keptAt === undefined
  useEffect(() => platform().onOnline((isOnline) => isOnline && !isFresh && again()), [isFresh])
  return [loaded, again]
}

/** Loads a thing ahead, so that it is there when the signal is not; failures do not matter now. */
export const useAhead = (key: string, load: () => Promise<unknown>): void => {
  useState(() => loadAndKeep(key, load).catch(() => undefined))
}

/** Forgets all last answers of this device. */
export async function forgetKept(): Promise<void> {
  const kept = await keys('kept')
  await change(kept.map((key) => ({ store: 'kept', key })))
}
