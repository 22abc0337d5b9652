import { useState } from 'preact/hooks'

/** What officials typed and did not send yet; in memory only, because it is about somebody's case. */
const drafts = new Map<string, unknown>()

/**
 * State of a form that outlives its sheet, a reload of the case and a stale edit. `set` takes a function, so that an
 * upload that ends late changes what is there by then; `clear` it after sending.
 */
export function useDraft<T>(key: string, initial: T) {
  const read = () => (drafts.has(key) ? (drafts.get(key) as T) : initial)
  const [value, setValue] = useState<T>(read)
  const set = (change: (before: T) => T) => {
    const next = change(read())
    drafts.set(key, next)
    setValue(next)
  }
  const clear = () => {
    drafts.delete(key)
  }
  /** Clears a form that stays on the page. */
  const reset = () => {
    clear()
    setValue(initial)
  }
  return { value, set, clear, reset }
}
