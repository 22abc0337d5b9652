import { useState } from 'preact/hooks'
import { wasCancelled } from './calls.ts'

/** One thing at a time, with what went wrong; a window that the person closed is no problem. */
export function useWork() {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (isBusy) return false
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
      return true
    } catch (caught) {
      if (!wasCancelled(caught)) setProblem(caught)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, problem, run }
}
