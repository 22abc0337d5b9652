const FIRST_MS = 5_000
const LONGEST_MS = 300_000

/** Tries again, ever more rarely, until it worked or `signal` ends it. */
export async function retryUntilDone(
  work: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = FIRST_MS; !signal.aborted; pauseMs = Math.min(LONGEST_MS, pauseMs * 2)) {
    if (await work()) return
    await pause(pauseMs, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
