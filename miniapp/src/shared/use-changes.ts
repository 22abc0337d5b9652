import { useEffect, useState } from 'preact/hooks'

/** Redraws the component whenever the owner of `listeners` calls them. */
export function useChanges(listeners: Set<() => void>): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listeners])
}
