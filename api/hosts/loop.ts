import type { Log } from '../context.ts'
import { errorFields } from '../http/log.ts'

export type Loop = { wake: () => void; stop: () => Promise<void> }
/** What a long run hears of its loop. */
export type Running = { isStopping: () => boolean; onWake: (heard: () => void) => void }

/** Longest wait after failures in a row. */
const MAX_PAUSE_MS = 30_000

/**
 * Runs `work` again and again: at once while it says that it did something, else when woken or after `pollMs`. A
 * failure is logged and only lengthens the pause. `stop` waits for the work that is under way.
 */
export function startLoop(
  name: string,
  work: (running: Running) => Promise<number>,
  options: { pollMs: number; log: Log },
): Loop {
  let isStopped = false
  let isWoken = false
  let failures = 0
  let wakeUp = () => {}
  let heard = () => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
      if (isWoken || isStopped) wakeUp()
    })
  const run = async () => {
    while (!isStopped) {
      isWoken = false
      heard = () => {}
      const running: Running = { isStopping: () => isStopped, onWake: (hear) => (heard = hear) }
      const done = await work(running).catch((error: unknown) => {
        failures += 1
        options.log.error('loop.failed', { loop: name, failures, ...errorFields(error) })
        return -1
      })
      if (done >= 0) failures = 0
      if (done > 0) continue
      await pause(Math.min(options.pollMs * 2 ** failures, MAX_PAUSE_MS))
    }
  }
  const finished = run()
  return {
    wake: () => {
      isWoken = true
      heard()
      if (failures === 0) wakeUp()
    },
    stop: () => {
      isStopped = true
      heard()
      wakeUp()
      return finished
    },
  }
}
