import { apiBase } from '../../shared/api.ts'

/** Several changes in a moment are one look. */
const SETTLE_MS = 250
/** While no line holds, the list is still read this often. */
const WITHOUT_LINE_MS = 10_000
/** Days turn and rights change without an event. */
const AT_LEAST_EVERY_MS = 300_000

/**
 * Keeps a live line while the page is seen. `refresh` reads the list and answers where its line begins; it is called at
 * each news, when the page is seen again, and by the clock while no line holds.
 */
export function keepLive(
  refresh: () => Promise<string | undefined>,
  onLine: (isUp: boolean) => void,
): () => void {
  let line: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), ms)
  }
  const hangUp = () => {
    line?.close()
    line = undefined
  }
  const look = async () => {
    const since = await refresh()
    if (isOver || document.visibilityState !== 'visible') return
    if (line === undefined && since !== undefined) open(since)
    later(line === undefined ? WITHOUT_LINE_MS : AT_LEAST_EVERY_MS)
  }
  const open = (since: string) => {
    const made = new EventSource(`${apiBase()}/console/inbox/stream?since=${since}`)
    line = made
    made.addEventListener('open', () => onLine(true))
    made.addEventListener('news', () => later(SETTLE_MS))
    made.addEventListener('error', () => {
      onLine(false)
      // The browser tries a broken line again by itself, but not one that was refused.
      if (made.readyState !== EventSource.CLOSED) return
      hangUp()
      later(WITHOUT_LINE_MS)
    })
  }
  const whenSeen = () => {
    if (document.visibilityState === 'visible') return later(0)
    // A browser allows six lines to a host: pages that nobody sees give theirs back.
    hangUp()
    clearTimeout(timer)
  }
  document.addEventListener('visibilitychange', whenSeen)
  addEventListener('focus', whenSeen)
  void look()
  return () => {
    isOver = true
    hangUp()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', whenSeen)
    removeEventListener('focus', whenSeen)
  }
}
