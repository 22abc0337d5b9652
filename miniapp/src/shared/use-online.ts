import { useEffect, useState } from 'preact/hooks'
import { platform } from '../platform/index.ts'

/** Whether the device believes it has a network. */
export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(platform().isOnline())
  useEffect(() => platform().onOnline(setOnline), [])
  return isOnline
}
