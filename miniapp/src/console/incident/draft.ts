import { useState } from 'preact/hooks'

/** What officials typed and did not send yet; in memory only, because it is about somebody's case. */
const drafts = new Map<string, unknown>()

/** State of a form that outlives its sheet, a reload of the case and a stale edit; `clear` after it was sent. */
export function useDraft<T>(key: string, initial: T): [T, (next: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : initial))
  const set = (next: T) => {
    drafts.set(key, next)
    setValue(next)
  }
  const clear = () => {
    drafts.delete(key)
    setValue(initial)
  }
  return [value, set, clear]
}
