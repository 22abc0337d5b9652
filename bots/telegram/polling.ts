import { grammySignal, telegramApi } from './api.ts'
import { faultOf, outcomeOf } from './faults.ts'
import type { TelegramMe } from './inbound.ts'
import type { OnFault, TelegramAccess, TelegramFault } from './ports.ts'
import { receiveTelegram } from './receive.ts'
import { ALLOWED_UPDATES } from './setup.ts'
import type { OnUpdate } from './webhook.ts'

/** Telegram holds the question so long while nothing happens. */
const HOLD_SECONDS = 25
/** The answer may take so much longer than that. */
const GRACE_MS = 10_000
const MIN_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 60_000

type Options = TelegramAccess & {
  onUpdate: OnUpdate
  /** Ends the loop, also in the middle of a held question. */
  signal: AbortSignal
  me?: () => TelegramMe | undefined
  onFault?: OnFault
  holdSeconds?: number
}

/**
 * Fetches updates where no webhook can reach (development; remove the webhook first, `setupTelegram` does). One after
 * the other; an update whose handling failed comes again before any later one. Resolves when `signal` aborts.
 */
export async function pollTelegram(options: Options): Promise<void> {
  const { onUpdate, signal, me, onFault, holdSeconds = HOLD_SECONDS } = options
  const api = telegramApi(options, { timeoutMs: holdSeconds * 1000 + GRACE_MS })
  let offset = 0
  let failures = 0
  const stumble = (fault: TelegramFault, waitMs = 0) => {
    failures += 1
    onFault?.(fault)
    return sleep(Math.max(waitMs, backoffMs(failures)), signal)
  }
  while (!signal.aborted) {
    const question = { offset, timeout: holdSeconds, allowed_updates: ALLOWED_UPDATES }
    try {
      const updates = await api.getUpdates(question, grammySignal(signal))
      for (const update of updates) {
        if (signal.aborted) return
        const failed = await handled(() => onUpdate(receiveTelegram(update, me?.())))
        if (failed !== undefined) {
          await stumble(failed)
          break
        }
        offset = update.update_id + 1
        failures = 0
      }
      if (updates.length === 0) failures = 0
    } catch (error) {
      if (signal.aborted) return
      const outcome = outcomeOf(error)
      const isFlood = outcome.kind === 'retry' && outcome.code === 'rate_limited'
      await stumble(faultOf('getUpdates', error), isFlood ? outcome.afterMs : 0)
    }
  }
}

/** The fault of a handler that threw. */
async function handled(run: () => Promise<void>): Promise<TelegramFault | undefined> {
  try {
    await run()
    return undefined
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error
    return { what: 'polling', code: 'update_failed', description: name }
  }
}

const backoffMs = (failures: number) =>
  Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** Math.min(failures - 1, 10))

/** Waits, or returns at once when aborted. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
  })
}
