import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { sendHeld } from '../calls.ts'
import { createHolder, type Held, type Outcome } from './held.ts'

/** The batch that can still be undone, and what became of the last one; leaving the page sends what is held. */
export function useHeld(refresh: () => Promise<unknown>) {
  const [held, setHeld] = useState<Held>()
  const [outcome, setOutcome] = useState<Outcome>()
  const latest = useRef(refresh)
  latest.current = refresh
  const holder = useMemo(
    () =>
      createHolder(sendHeld, setHeld, (done) => {
        setOutcome(done)
        void latest.current()
      }),
    [],
  )
  useEffect(() => {
    const leave = () => void holder.flush()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [holder])
  return { held, outcome, hold: holder.hold, undo: holder.undo }
}
