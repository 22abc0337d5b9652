import { Api } from 'grammy/web'
import type { TelegramAccess } from './ports.ts'

export const API_ROOT = 'https://api.telegram.org'

export const rootOf = (access: Pick<TelegramAccess, 'apiRoot'>): string =>
  (access.apiRoot ?? API_ROOT).replace(/\/+$/, '')

/** Not by itself: a Worker's `fetch` refuses another `this`. */
export const fetchOf = ({ fetch: given }: Pick<TelegramAccess, 'fetch'>): typeof fetch =>
  given ?? ((input, init) => fetch(input, init))

/**
 * grammY's typed calls over the standard `fetch`, the same on Node and Workers. No retry of any kind inside. An answer
 * that is not the Bot API's (a gateway's page, a blocked line's) becomes an error answer.
 */
export function telegramApi(access: TelegramAccess, { timeoutMs }: { timeoutMs: number }): Api {
  const send = fetchOf(access)
  const ask = async (...args: Parameters<typeof fetch>): Promise<Response> => {
    const response = await send(...args)
    if (/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return response
    await response.body?.cancel()
    return Response.json({
      ok: false,
      error_code: strangeStatus(response.status),
      description: STRANGE,
    })
  }
  return new Api(access.token, {
    apiRoot: rootOf(access),
    timeoutSeconds: timeoutMs / 1000,
    fetch: ask,
  })
}

/** What `description` says of an answer that came from something between us and the Bot API. */
const STRANGE = 'Not a Bot API answer'

/** A gateway's own 5xx and 413 mean what they say; anything else is a wrong or blocked address: 404. */
const strangeStatus = (status: number) => (status >= 500 || status === 413 ? status : 404)

/** grammY types its signals after a package of its own; at run time it takes the standard ones. */
export const grammySignal = (signal: AbortSignal) =>
  signal as unknown as Parameters<Api['getMe']>[0]
