import { useEffect, useState } from 'preact/hooks'
import { readText, writeText } from './storage.ts'

const KEY = 'loa.isDemo'
const listeners = new Set<() => void>()
/** Until a server says otherwise the data are taken for demonstration, so that they are never mistaken for real. */
let isDemo = readText(KEY) !== 'no'

/** Reads `X-Loa-Demo: yes | no` from any answer of the API. */
export function noteDemoHeader(headers: Headers): void {
  const value = headers.get('x-loa-demo')
  if (value === null || (value !== 'no') === isDemo) return
  isDemo = value !== 'no'
  writeText(KEY, isDemo ? 'yes' : 'no')
  for (const listener of listeners) listener()
}

/** Whether the page shows demonstration data. */
export function useIsDemo(): boolean {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((n) => n + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return isDemo
}
