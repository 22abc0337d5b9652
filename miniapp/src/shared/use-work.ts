import { useState } from 'preact/hooks'

/** Runs one change at a time and keeps its failure for the reader. */
export function useWork() {
  const [state, setState] = useState<{ isBusy: boolean; problem?: unknown }>({ isBusy: false })
  /** Resolves to what `work` did; undefined when it failed. */
  const run = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setState({ isBusy: true })
    try {
      const done = await work()
      setState({ isBusy: false })
      return done
    } catch (problem) {
      setState({ isBusy: false, problem })
      return undefined
    }
  }
  return { ...state, run }
}
