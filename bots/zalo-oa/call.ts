import type { Answer } from './client.ts'
import { classifyError, failureCode } from './errors.ts'
import type { TokenResult, Tokens } from './tokens.ts'

/** Ours: all requests of one send end within this time, well before the lease of its message. */
const BUDGET_MS = 16_000
/** Less than this is not worth a request. */
const LEAST_MS = 2_000
const REQUEST_MS = 8_000
const SLOW = failureCode('slow')

/** Nothing was asked of Zalo, for want of a token, of time or of our own database; a later try may do better. */
export type NotTried = { kind: 'not_tried'; code: string; afterMs: number }

export type Caller = (
  request: (token: string, timeoutMs: number) => Promise<Answer>,
) => Promise<Answer | NotTried>

/**
 * Makes requests with a token; a refused token is renewed and the request made once more (it had no effect). All
 * requests of one caller share one time budget: make one per send.
 */
export function createCaller(tokens: Tokens, now: () => Date): Caller {
  const endsAt = now().getTime() + BUDGET_MS
  const left = () => endsAt - now().getTime()
  const slow: NotTried = { kind: 'not_tried', code: SLOW, afterMs: LEAST_MS }

  return async (request) => {
    const attempt = async (found: Promise<TokenResult>) => {
      const token = await within(found, left())
      if (token === undefined || left() < LEAST_MS) return { answer: slow }
      if (!token.ok) {
        const { code, afterMs } = token
        return { answer: { kind: 'not_tried', code, afterMs } satisfies NotTried }
      }
      const answer = await request(token.accessToken, Math.min(REQUEST_MS, left()))
      const isRefused = answer.kind === 'error' && classifyError(answer.error).kind === 'refresh'
      return isRefused ? { answer, refused: token.accessToken } : { answer }
    }
    const first = await attempt(tokens.get())
    if (first.refused === undefined) return first.answer
    return (await attempt(tokens.renew(first.refused))).answer
  }
}

/** The value, or undefined when it takes longer; the work itself goes on. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, ms))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
