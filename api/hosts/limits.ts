import type { RateLimiter } from '../context.ts'

/** Keys kept at once; beyond it the ended windows go, then the oldest ones. */
const MAX_KEYS = 50_000

/** Fixed windows in memory, for a host of one process. A flood of new keys cannot fill the memory. */
export function createMemoryLimiter(
  now: () => Date = () => new Date(),
  maxKeys = MAX_KEYS,
): RateLimiter {
  const windows = new Map<string, { endsAt: number; hits: number }>()
  const makeRoom = (at: number) => {
    for (const [key, window] of windows) if (window.endsAt <= at) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < maxKeys * 0.9) break
      windows.delete(key)
    }
  }
  return {
    take: async (key, limit, windowSeconds) => {
      const at = now().getTime()
      let window = windows.get(key)
      if (window === undefined || window.endsAt <= at) {
        if (windows.size >= maxKeys) makeRoom(at)
        const length = windowSeconds * 1000
        window = { endsAt: at - (at % length) + length, hits: 0 }
        windows.set(key, window)
      }
      window.hits += 1
      if (window.hits <= limit) return { ok: true }
      return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((window.endsAt - at) / 1000)) }
    },
  }
}
