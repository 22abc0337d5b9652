import { useEffect, useState } from 'preact/hooks'

/** Whether a media query holds, now and at each change. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const listener = () => setHolds(list.matches)
    listener()
    list.addEventListener('change', listener)
    return () => list.removeEventListener('change', listener)
  }, [query])
  return holds
}
