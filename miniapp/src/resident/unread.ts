import { useEffect, useState } from 'preact/hooks'
import { countUnread } from './delivery-calls.ts'
import { useSignedIn } from './session.ts'

/** How many own messages are unread; 0 for nobody in particular and while it is not known. */
export function useUnread(): number {
  const isSignedIn = useSignedIn()
  const [unread, setUnread] = useState(0)
  useEffect(() => {
    if (!isSignedIn) return setUnread(0)
    countUnread().then(setUnread, () => undefined)
  }, [isSignedIn])
  return unread
}
