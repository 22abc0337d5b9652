import { failedBeforeSending } from '../../api/core/network.ts'
import { at, parseJson } from './fields.ts'

export const ZALO_BOT_ROOT = 'https://bot-api.zaloplatforms.com'

/**
 * What came of a call; never thrown, and free of the token, which stands in the address. `not_sent`: no connection was
 * made. `no_answer`: the call may have been carried out.
 */
export type BotAnswer =
  | { kind: 'ok'; result: unknown }
  | { kind: 'error'; code: number }
  | { kind: 'not_sent' }
  | { kind: 'no_answer' }

export type ZaloBotClient = {
  call(method: string, payload: Record<string, unknown>): Promise<BotAnswer>
}

type Options = {
  token: string
  /** ZALO_BOT_API_ROOT. */
  root?: string
  fetch?: typeof fetch
}

/** Ends before the lease of a message does; pictures are fetched by the platform within the call. */
const TIMEOUT_MS = 15_000

/** A thin client: JSON posts, `ok` in the body decides, whatever the HTTP status. */
export function createZaloBotClient(options: Options): ZaloBotClient {
  const { token, root = ZALO_BOT_ROOT, fetch: send = fetch } = options
  const base = `${root.replace(/\/+$/, '')}/bot${token}/`
  return {
    call: async (method, payload) => {
      try {
        const response = await send(base + method, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(payload),
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        return readAnswer(response.status, parseJson(await response.text()))
      } catch (error) {
        return { kind: failedBeforeSending(error) ? 'not_sent' : 'no_answer' }
      }
    },
  }
}

function readAnswer(status: number, body: unknown): BotAnswer {
  const ok = at(body, 'ok')
  if (ok === true) return { kind: 'ok', result: at(body, 'result') }
  const code = at(body, 'error_code')
  if (ok === false && typeof code === 'number') return { kind: 'error', code }
  return status === 200 ? { kind: 'no_answer' } : { kind: 'error', code: status }
}
